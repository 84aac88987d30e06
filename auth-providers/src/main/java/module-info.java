import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.auth.NoneAuthProvider;
import dev.portcullis.gateway.auth.PasswordAuthProvider;
import dev.portcullis.gateway.auth.TokenAuthProvider;
import dev.portcullis.gateway.auth.TrustedProxyAuthProvider;

/** The ways to authenticate that every gateway has. Sees {@code dev.portcullis.gateway.api} alone. */
module dev.portcullis.gateway.auth {
    requires dev.portcullis.gateway.api;

    provides AuthProvider with
            TokenAuthProvider,
            PasswordAuthProvider,
            NoneAuthProvider,
            TrustedProxyAuthProvider;
}
