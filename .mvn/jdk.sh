# Sourced by mvnw and utter: sets JAVA_HOME to a JDK 25 or newer, or says where to get one.
# The product and its build need 25; the default `java` of a machine is often older.
REQUIRED_JDK=25

jdk_version() { # prints the feature version of the JDK in $1, or nothing
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() {
  v=$(jdk_version "${JAVA_HOME-}") && [ "${v:-0}" -ge $REQUIRED_JDK ] && return 0
  onpath=$(command -v javac 2>/dev/null) && onpath=$(readlink -f "$onpath" 2>/dev/null || printf %s "$onpath") && onpath=${onpath%/bin/javac}
  for home in "${onpath:-}" /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    v=$(jdk_version "$home") && [ "${v:-0}" -ge $REQUIRED_JDK ] && JAVA_HOME=$home && export JAVA_HOME && return 0
  done
  echo "No JDK $REQUIRED_JDK found: install one (https://adoptium.net, or: sdk install java $REQUIRED_JDK-tem) or set JAVA_HOME to it." >&2
  return 1
}

find_jdk || exit 1
