package acme.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.portcullis.gateway.api.plugin.PluginConfig;
import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolInvocation;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeatherToolsTest {
    @Test
    void theExampleAnswersWithTheCityAndItsTemperature() throws Exception {
        Tool tool = new WeatherTools().tools(contextWith(Optional.empty())).getFirst();

        Object details = tool.invoke(callWith("Ulm")).details();

        assertEquals(Map.of("city", "Ulm", "celsius", 4.5), details);
    }

    @Test
    void theExampleReadsTheServiceItIsConfiguredWith() throws Exception {
        Tool tool = new WeatherTools()
                .tools(contextWith(Optional.of(URI.create("http://127.0.0.1:1234"))))
                .getFirst();

        Object details = tool.invoke(callWith("Ulm")).details();

        assertEquals(Map.of("city", "Ulm", "celsius", -1.0), details);
    }

    private static PluginContext contextWith(Optional<URI> service) {
        PluginConfig config = mock(PluginConfig.class);
        when(config.uri("service")).thenReturn(service);
        PluginContext context = mock(PluginContext.class);
        when(context.config()).thenReturn(config);
        return context;
    }

    private static ToolInvocation callWith(String city) {
        Arguments arguments = mock(Arguments.class);
        when(arguments.string(any())).thenReturn(city);
        ToolInvocation call = mock(ToolInvocation.class);
        when(call.arguments()).thenReturn(arguments);
        return call;
    }
}
