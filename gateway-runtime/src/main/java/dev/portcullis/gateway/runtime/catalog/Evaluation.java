package dev.portcullis.gateway.runtime.catalog;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.annotation.Annotations;
import com.networknt.schema.path.NodePath;
import java.util.Arrays;
import java.util.List;

/**
 * One evaluation of arguments, bounded. Steps are counted by the library. A list of errors is kept short, since a union tries
 * all of its branches and only asks whether there are errors. Where it stands in the schema is only spelled out for those who ask.
 */
final class Evaluation extends ExecutionContext {
    static final long MOST_STEPS = 200_000;

    private static final ExecutionConfig BOUNDED =
            ExecutionConfig.builder().maxEvaluationSteps(MOST_STEPS).build();
    private static final int MOST_ERRORS = 100;
    private static final int STEPS_BETWEEN_LOOKS = 0xff;

    private Object[] path = new Object[16];
    private int depth;
    private int steps;
    private boolean annotated;

    Evaluation() {
        super(BOUNDED);
    }

    /** Whether it is as it was when it was made. */
    boolean reusable() {
        return depth == 0 && !annotated;
    }

    private void enter(Object element) {
        if ((++steps & STEPS_BETWEEN_LOOKS) == 0 && Thread.currentThread().isInterrupted()) {
            throw new CheckInterruptedException();
        }
        if (depth == path.length) {
            path = Arrays.copyOf(path, 2 * depth);
        }
        path[depth++] = element;
    }

    @Override
    public void evaluationPathAddLast(String token) {
        enter(token);
    }

    @Override
    public void evaluationPathAddLast(int token) {
        enter(token);
    }

    @Override
    public void evaluationPathRemoveLast() {
        depth--;
    }

    @Override
    public NodePath getEvaluationPath() {
        NodePath whole = super.getEvaluationPath();
        for (int i = 0; i < depth; i++) {
            whole = path[i] instanceof Integer index ? whole.append(index) : whole.append((String) path[i]);
        }
        return whole;
    }

    @Override
    public void addError(Error error) {
        if (getErrors().size() < MOST_ERRORS) {
            super.addError(error);
        }
    }

    @Override
    public void setErrors(List<Error> errors) {
        if (errors.size() > MOST_ERRORS) {
            errors.subList(MOST_ERRORS, errors.size()).clear();
        }
        super.setErrors(errors);
    }

    @Override
    public Annotations getAnnotations() {
        annotated = true;
        return super.getAnnotations();
    }
}
