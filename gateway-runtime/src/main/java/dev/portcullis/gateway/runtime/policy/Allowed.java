package dev.portcullis.gateway.runtime.policy;

/**
 * The permission to reach one tool. Only the policy engine can make one, and the catalog gives out a tool for nothing else;
 * a class and not a record, because a record's constructor is as visible as the record.
 */
public final class Allowed implements Decision {
    private final String tool;

    Allowed(String tool) {
        this.tool = tool;
    }

    @Override
    public String tool() {
        return tool;
    }

    @Override
    public String toString() {
        return "Allowed[" + tool + "]";
    }
}
