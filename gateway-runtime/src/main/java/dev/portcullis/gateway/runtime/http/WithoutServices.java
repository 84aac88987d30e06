package dev.portcullis.gateway.runtime.http;

import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Helidon looks through all of its archives for services and settings, which takes a tenth of a start; our connection uses none of
 * them. Some of its classes ask the registry of the process, whatever they are told: while a server is built that one is empty
 * too, unless somebody else set it.
 */
final class WithoutServices {
    /** Whose turn it is: the end of one would take from another what it is built with. */
    private static final ReentrantLock BUILDING = new ReentrantLock();

    private WithoutServices() {}

    static <T> T build(Function<ServiceRegistry, T> maker) {
        // a server refuses serialized objects in the whole process when it starts: without looking for exceptions, here
        // are none
        System.setProperty("helidon.serialFilter.ignoreFiles", "true");
        ServiceRegistryManager nothing = ServiceRegistryManager.create(ServiceRegistryConfig.builder()
                .discoverServices(false)
                .discoverServicesFromServiceLoader(false)
                .build());
        BUILDING.lock();
        try {
            GlobalServiceRegistry.registry(nothing::registry);
            return maker.apply(nothing.registry());
        } finally {
            nothing.shutdown();
            BUILDING.unlock();
        }
    }
}
