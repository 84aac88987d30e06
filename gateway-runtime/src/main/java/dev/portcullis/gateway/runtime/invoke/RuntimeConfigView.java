package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.plugin.GatewayServices.ConfigView;
import dev.portcullis.gateway.runtime.config.ConfigRedaction;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration as tools may see it: without secrets. */
record RuntimeConfigView(GatewayConfig config) implements ConfigView {
    @Override
    public @Nullable Object get(String path) {
        Object value = ConfigRedaction.redact(config);
        if (path.isBlank()) {
            return value;
        }
        for (String key : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    @Override
    public String hash() {
        return config.document().hash();
    }

    @Override
    public String source() {
        return config.document().name();
    }
}
