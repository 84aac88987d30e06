package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.mockito.Mockito.mock;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthRequest;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.PolicyContext;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OwnLoaderTest {
    private final ClassLoader own = new ClassLoader("plugin", null) {};
    private final AtomicReference<ClassLoader> seen = new AtomicReference<>();

    @Test
    void authenticatorRunsWithItsPluginsLoader() throws Exception {
        OwnLoader.authenticating(
                        "keys",
                        request -> {
                            seen.set(Thread.currentThread().getContextClassLoader());
                            return AuthResult.abstained(AuthFailure.missing("nothing"));
                        },
                        own)
                .authenticate(mock(AuthRequest.class));

        assertSame(own, seen.get());
    }

    @Test
    void loaderThatAPolicySourceSetIsUndone() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        OwnLoader.answering(
                        "hours",
                        context -> {
                            seen.set(Thread.currentThread().getContextClassLoader());
                            Thread.currentThread().setContextClassLoader(null);
                            return PolicyAnswer.noOpinion();
                        },
                        own)
                .policies(mock(PolicyContext.class));

        assertSame(own, seen.get());
        assertSame(before, Thread.currentThread().getContextClassLoader());
    }
}
