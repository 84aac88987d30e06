# Sourced, not run. Finds a JDK without starting one, nor any other program if it can: find_java_home MAJOR sets java_home to the
# home of the first that is recent enough, prints nothing, and fails if there is none. Order: PORTCULLIS_RUNTIME (a bundled runtime),
# PORTCULLIS_JAVA_HOME, JAVA_HOME, java on the PATH, the usual places.

# Sets java_version to the major version of the JVM in the home $1; to nothing if there is none.
java_major() {
    java_version=
    [ -x "$1/bin/java" ] || return 0
    if [ -r "$1/release" ]; then
        while IFS= read -r java_line || [ -n "$java_line" ]; do
            case $java_line in
                JAVA_VERSION=*)
                    java_version=${java_line#*=}
                    java_version=${java_version#\"}
                    java_version=${java_version%\"}
                    break
                    ;;
            esac
        done <"$1/release"
    fi
    if [ -z "$java_version" ]; then
        java_version=$("$1/bin/java" -XshowSettings:properties -version 2>&1 </dev/null |
            sed -n 's/^ *java\.specification\.version = //p')
    fi
    java_version=${java_version%%[!0-9]*}
}

java_suffices() {
    java_major "$1"
    [ "${java_version:-0}" -ge "$2" ]
}

# The home that the java on the PATH belongs to, through links and version managers' shims.
java_on_path() {
    java_command=$(command -v java) || return 1
    while [ -h "$java_command" ]; do
        java_link=$(readlink "$java_command") || return 1
        case $java_link in
            /*) java_command=$java_link ;;
            *) java_command=$(dirname "$java_command")/$java_link ;;
        esac
    done
    java_candidate=$(CDPATH= cd -P -- "$(dirname -- "$java_command")/.." && pwd -P) || return 1
    if [ ! -r "$java_candidate/release" ]; then
        java_candidate=$("$java_command" -XshowSettings:properties -version 2>&1 </dev/null |
            sed -n 's/^ *java\.home = //p')
    fi
    printf '%s' "$java_candidate"
}

find_java_home() {
    for java_variable in PORTCULLIS_RUNTIME PORTCULLIS_JAVA_HOME JAVA_HOME; do
        eval "java_candidate=\${$java_variable:-}"
        [ -n "$java_candidate" ] || continue
        if java_suffices "$java_candidate" "$1"; then
            java_home=$java_candidate
            return 0
        fi
        if [ "$java_variable" = PORTCULLIS_JAVA_HOME ]; then
            printf '%s\n' "portcullis: PORTCULLIS_JAVA_HOME=$java_candidate is passed over: it is not a JDK $1 or newer" >&2
        fi
    done
    java_candidate=$(java_on_path) || java_candidate=
    if [ -n "$java_candidate" ] && java_suffices "$java_candidate" "$1"; then
        java_home=$java_candidate
        return 0
    fi
    for java_candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk* \
        /usr/local/opt/openjdk* "${SDKMAN_DIR:-${HOME:-/nonexistent}/.sdkman}"/candidates/java/* \
        "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.asdf/installs/java/*; do
        if java_suffices "$java_candidate" "$1"; then
            java_home=$java_candidate
            return 0
        fi
    done
    return 1
}
