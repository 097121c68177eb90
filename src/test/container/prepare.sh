# Sourced by the scripts beside it: installs what they need, and sets up image storage apart from the machine's own.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$here/../../.." && pwd)
work=$project/target/container

fail() { echo "FAIL: $*" >&2; exit 1; }

# Reports a check that is not possible here, and exits; in CI that is a failure.
skip() {
  [ "${CI:-}" != true ] || fail "$* (and CI=true forbids to skip)"
  echo "SKIP: $*" >&2
  exit 0
}

# need COMMAND:PACKAGE ...: installs what is missing, as root on Debian
need() {
  local tool missing=()
  for tool; do command -v "${tool%%:*}" > /dev/null || missing+=("${tool##*:}"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null || skip "missing: ${missing[*]}"
  echo "installing ${missing[*]}"
  { apt-get install -qq -y --no-install-recommends "${missing[@]}" || { apt-get update -qq && apt-get install -qq -y --no-install-recommends "${missing[@]}"; }; } > /dev/null 2>&1 \
    || skip "cannot install: ${missing[*]}"
}

# database_classpath: prints what Database.java needs
database_classpath() {
  local file=$work/classpath
  if [ ! -s "$file" ] || [ "$project/pom.xml" -nt "$file" ]; then
    (cd "$project" && ./mvnw -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -DincludeScope=compile -Dmdep.outputFile="$file" >&2)
  fi
  cat "$file"
}

[ "$(id -u)" = 0 ] || skip "root is needed to build and run images"
jdk=${JAVA_25_HOME:-$(ls -d /usr/lib/jvm/temurin-25-jdk-* /usr/lib/jvm/java-25-openjdk-* 2> /dev/null | head -1 || true)}
[ -x "$jdk/bin/jlink" ] || skip "no JDK 25 (JAVA_25_HOME, else Temurin's or Debian's under /usr/lib/jvm)"
need buildah:buildah podman:podman runc:runc skopeo:skopeo catatonit:catatonit dpkg-deb:dpkg ip:iproute2 curl:curl python3:python3

mkdir -p "$work"
cat > "$work/storage.conf" <<C
[storage]
driver = "overlay"
graphroot = "$work/storage"
runroot = "/run/pbx-group-container/$(cksum <<< "$work" | cut -d' ' -f1)"
C
cat > "$work/containers.conf" <<C
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
C
export CONTAINERS_STORAGE_CONF=$work/storage.conf CONTAINERS_CONF=$work/containers.conf BUILDAH_ISOLATION=chroot
