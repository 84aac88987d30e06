package acme.weather;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What a plugin author writes first; here to prove that it compiles as written. */
public final class WeatherTools implements ToolProvider {
    @Override
    public String name() {
        return "weather";
    }

    @Override
    public List<Tool> tools(PluginContext context) {
        URI service = context.config().uri("service").orElse(URI.create("http://127.0.0.1:9090"));
        ToolDescriptor now = ToolDescriptor.named("weather_now")
                .description("Current temperature of a city")
                .input(InputSchema.object().requiredString("city"))
                .build();
        return List.of(Tool.of(now, call -> {
            String city = call.arguments().string("city"); // present: already validated
            return ToolResult.of(Map.of("city", city, "celsius", Forecast.read(service, city)));
        }));
    }
}
