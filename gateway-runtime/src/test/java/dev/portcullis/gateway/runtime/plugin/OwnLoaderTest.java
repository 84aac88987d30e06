package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthRequest;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.PolicyContext;
import dev.portcullis.gateway.api.policy.PolicySource;
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
                        own,
                        () -> true)
                .authenticate(mock(AuthRequest.class));

        assertSame(own, seen.get());
    }

    @Test
    void whatWasClosedIsNotAskedAnyMore() throws Exception {
        Authenticator keys = mock();
        PolicySource hours = mock();

        assertThrows(
                IllegalStateException.class,
                () -> OwnLoader.authenticating("keys", keys, own, () -> false).authenticate(mock(AuthRequest.class)));
        assertThrows(
                IllegalStateException.class,
                () -> OwnLoader.answering("hours", hours, own, () -> false).policies(mock(PolicyContext.class)));

        verifyNoInteractions(keys, hours);
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
                        own,
                        () -> true)
                .policies(mock(PolicyContext.class));

        assertSame(own, seen.get());
        assertSame(before, Thread.currentThread().getContextClassLoader());
    }
}
