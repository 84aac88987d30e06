/**
 * What plugin authors code against: three services and the values that pass through them.
 *
 * <p>A plugin is one JAR (or one folder of JARs) that <em>provides</em> at least one of
 *
 * <ul>
 *   <li>{@link dev.portcullis.gateway.api.tool.ToolProvider}: tools that callers may invoke,
 *   <li>{@link dev.portcullis.gateway.api.auth.AuthProvider}: a way to prove who a caller is,
 *   <li>{@link dev.portcullis.gateway.api.policy.PolicySourceProvider}: rules that narrow who may reach which tool.
 * </ul>
 *
 * <p>The module needs {@code java.base} alone. Everything here is {@code @NullMarked}: a parameter or result that may be
 * null says so, and a null that a plugin returns elsewhere is reported as a broken contract. What carries no
 * {@link dev.portcullis.gateway.api.Experimental} mark is stable and follows Semantic Versioning: a plugin compiled
 * against version 1.4 loads in every gateway whose API is 1.4 or a later 1.x.
 */
module dev.portcullis.gateway.api {
    requires static transitive org.jspecify;

    exports dev.portcullis.gateway.api;
    exports dev.portcullis.gateway.api.auth;
    exports dev.portcullis.gateway.api.plugin;
    exports dev.portcullis.gateway.api.policy;
    exports dev.portcullis.gateway.api.tool;
}
