package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.common.context.Context;
import io.helidon.common.context.Contexts;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.Lookup;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.service.registry.ServiceRegistryManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithoutServicesTest {
    @Test
    void whoAsksForTheRegistryOfTheProcessGetsOneWithoutMappersToo() {
        boolean had = GlobalServiceRegistry.configured();

        ServiceRegistry seen = WithoutServices.build(own -> GlobalServiceRegistry.registry());

        assertEquals(had, GlobalServiceRegistry.configured());
        if (!had) {
            assertEquals(
                    List.of(), seen.lookupServices(Lookup.create(io.helidon.common.mapper.spi.MapperProvider.class)));
        }
    }

    @Test
    void registryThatSomebodyElseSetStays() {
        ServiceRegistryManager others = ServiceRegistryManager.create();
        Context context = Context.create();
        context.register("helidon-registry-static-context", context);

        Contexts.runInContext(context, () -> {
            GlobalServiceRegistry.registry(others.registry());

            ServiceRegistry seen = WithoutServices.build(own -> GlobalServiceRegistry.registry());

            assertSame(others.registry(), seen);
            assertTrue(GlobalServiceRegistry.configured());
        });
        others.shutdown();
    }
}
