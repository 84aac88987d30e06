import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.sample.tools.TextTools;

/**
 * A sample tool plugin: text and Markdown. It carries a library of its own, so it is a folder of two JARs; the gateway
 * gives it a module layer of its own, and another plugin may carry another version.
 */
module dev.portcullis.sample.tools {
    requires dev.portcullis.gateway.api;
    requires org.commonmark;

    provides ToolProvider with
            TextTools;
}
