package dev.portcullis.gateway.runtime.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.parser.ConfigDocument;
import com.typesafe.config.parser.ConfigDocumentFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Changes the text of a HOCON document in one place: comments, order and spacing elsewhere stay as they are. */
final class HoconEdit {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigDocument document;

    HoconEdit(String text) {
        try {
            this.document = ConfigDocumentFactory.parseString(
                    text, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF));
        } catch (ConfigException unreadable) {
            throw new ConfigEditException("the file is no HOCON as it stands; correct it first");
        }
    }

    String set(List<String> path, @Nullable Object value) {
        // JSON is HOCON; the library's own writer makes a double of every number with a point
        String written = JSON.writeValueAsString(value);
        String rendered =
                document.withValueText(ConfigUtil.joinPath(path), written).render();
        return rendered.endsWith("\n") ? rendered : rendered + "\n";
    }

    String unset(List<String> path) {
        return document.withoutPath(ConfigUtil.joinPath(path)).render();
    }
}
