import dev.portcullis.gateway.api.tool.ToolProvider;
import __PACKAGE__.__CLASS__;

/** What this plugin requires, and what it provides. Its packages are its own: nothing has to be exported. */
module __PACKAGE__ {
    requires dev.portcullis.gateway.api;

    provides ToolProvider with
            __CLASS__;
}
