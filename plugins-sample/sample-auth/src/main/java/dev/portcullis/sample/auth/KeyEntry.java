package dev.portcullis.sample.auth;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of the file: {@code <id> <hash> <scopes> <name>}. */
final class KeyEntry {
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{12})\\s+([0-9a-f]{64})\\s+(\\S+)\\s+(\\S.*)");

    private final String id;
    private final byte[] hash;
    private final Principal principal;

    private KeyEntry(String id, byte[] hash, Principal principal) {
        this.id = id;
        this.hash = hash;
        this.principal = principal;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is no entry; the message says what is wrong and quotes no hash
     */
    static KeyEntry parse(String line) {
        Matcher form = FORM.matcher(line.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("is not \"<id> <hash> <scopes> <name>\"; make the line with NewApiKey");
        }
        Set<Scope> scopes = Scope.parse(form.group(3));
        return new KeyEntry(form.group(1), HexFormat.of().parseHex(form.group(2)), Principal.of(form.group(4), scopes));
    }

    static String line(ApiKey key, String name, String scopes) {
        return key.id() + " " + HexFormat.of().formatHex(key.hash()) + " " + scopes + " " + name;
    }

    String id() {
        return id;
    }

    Principal principal() {
        return principal;
    }

    /** Takes the same time however much of the secret is right. */
    boolean matches(ApiKey key) {
        return MessageDigest.isEqual(hash, key.hash());
    }

    @Override
    public String toString() {
        return "KeyEntry[" + id + " " + principal.name() + "]";
    }
}
