package __PACKAGE__;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.PolicySource;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.policy.ToolPolicy;
import java.util.List;
import java.util.Set;

/**
 * Keeps some tools for some callers. Settings below {@code plugins.entries.__NAME__.config}: {@code tools}, names or
 * patterns, and {@code callers}, the principals that may reach them. A policy source only narrows: it opens nothing that
 * the configuration closes.
 */
public final class __CLASS__ implements PolicySourceProvider {
    /** Created by the gateway. */
    public __CLASS__() {}

    @Override
    public String name() {
        return "__NAME__";
    }

    @Override
    public PolicySource create(PluginContext context) {
        List<String> tools = context.config().strings("tools").orElse(List.of());
        Set<String> callers = Set.copyOf(context.config().strings("callers").orElse(List.of()));
        if (tools.isEmpty()) {
            return asked -> PolicyAnswer.noOpinion();
        }
        ToolPolicy closed = ToolPolicy.denying("reserved for " + String.join(", ", callers), tools);
        return asked -> callers.contains(asked.principal().name())
                ? PolicyAnswer.noOpinion()
                : PolicyAnswer.of(closed);
    }
}
