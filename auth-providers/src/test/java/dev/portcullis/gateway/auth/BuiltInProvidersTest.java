package dev.portcullis.gateway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.AuthProvider.Kind;
import java.lang.module.ModuleDescriptor;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BuiltInProvidersTest {
    private final List<AuthProvider> providers = List.of(
            new TokenAuthProvider(),
            new PasswordAuthProvider(),
            new NoneAuthProvider(),
            new TrustedProxyAuthProvider());

    @Test
    void secretsAndIdentitiesAreToldApart() {
        assertEquals(
                Map.of(
                        "token", Kind.SHARED_SECRET,
                        "password", Kind.SHARED_SECRET,
                        "none", Kind.IDENTITY,
                        "trusted-proxy", Kind.IDENTITY),
                providers.stream().collect(Collectors.toMap(AuthProvider::name, AuthProvider::kind)));
    }

    @Test
    void theModuleProvidesAllOfThemAndExportsNothing() {
        ModuleDescriptor module = TokenAuthProvider.class.getModule().getDescriptor();

        assertEquals(
                providers.stream()
                        .map(provider -> provider.getClass().getName())
                        .sorted()
                        .toList(),
                module.provides().stream()
                        .flatMap(provides -> provides.providers().stream())
                        .sorted()
                        .toList());
        assertTrue(module.exports().isEmpty());
    }

    @Test
    void theHostKnowsItsOwnAddresses() throws Exception {
        HostInterfaces interfaces = new HostInterfaces();

        List<Boolean> own = Stream.of(
                        interfaces.own(InetAddress.getLoopbackAddress()),
                        interfaces.own(InetAddress.ofLiteral("192.0.2.1")))
                .toList();

        assertTrue(own.getFirst());
        assertFalse(own.getLast());
    }
}
