#!/usr/bin/env bash
# train-aot.sh APPLICATION: writes APPLICATION/pbx-group.aot, the AOT cache that lets the JVM start faster.
#
# Starts the service with a throwaway key and without a database, sends it some requests over the loopback, and stops it; the JVM
# writes the cache when it exits. Needs Java 25 with keytool, bash, coreutils and grep. On failure it prints the service's log.
set -euo pipefail
cd "${1:?usage: train-aot.sh APPLICATION}"

# Generous: a builder may be busy. Seconds.
START_LIMIT=600 ANSWER_LIMIT=60 STOP_LIMIT=900

work=$(mktemp -d)
log=$work/service.log
service=
cleanup() {
  if [[ -n $service ]]; then kill -KILL "$service" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap cleanup EXIT
fail() {
  echo "train-aot.sh: $*. The service's log:" >&2
  cat "$log" >&2
  exit 1
}
running() { kill -0 "$service" 2>/dev/null; }

keytool -genkeypair -keystore "$work/keys" -storepass throwaway -keyalg RSA -keysize 2048 -dname CN=training -validity 1 >"$log" 2>&1 ||
  fail 'no key pair was generated'
keytool -exportcert -rfc -keystore "$work/keys" -storepass throwaway -file "$work/key.pem" >"$log" 2>&1 || fail 'no key was exported'

# No database listens on port 1.
QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=0 QUARKUS_MANAGEMENT_HOST=127.0.0.1 QUARKUS_MANAGEMENT_PORT=0 \
  QUARKUS_MONGODB_CONNECTION_STRING=mongodb://127.0.0.1:1 \
  MP_JWT_VERIFY_ISSUER=training MP_JWT_VERIFY_AUDIENCES=training MP_JWT_VERIFY_PUBLICKEY_LOCATION="$work/key.pem" \
  java -XX:AOTCacheOutput=pbx-group.aot -jar quarkus-run.jar >"$log" 2>&1 &
service=$!

deadline=$((SECONDS + START_LIMIT))
until grep -q 'Listening on' "$log"; do
  running || fail 'the service did not start'
  ((SECONDS < deadline)) || fail "the service did not start within $START_LIMIT s"
  sleep 0.2
done
ports=$(grep 'Listening on' "$log" | grep -o '127.0.0.1:[0-9]*' | cut -d: -f2) || fail 'the log names no port'

# A forged token: verified like a genuine one, up to the signature.
base64url() { base64 -w0 | tr '+/' '-_' | tr -d =; }
token=$(printf '{"alg":"RS256"}' | base64url).$(printf '{"iss":"training"}' | base64url).$(head -c 256 /dev/zero | base64url)
ask() { # ask PORT PATH: prints the status line
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.1\r\nHost: training\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n' "$2" "$token" >&3
  timeout "$ANSWER_LIMIT" head -n 1 <&3 | grep 'HTTP/1.1 [2-5]'
}
for port in $ports; do
  for path in /pbx/group/000000000000000000000000 /pbx/group /q/openapi /q/health/live /q/health/ready /q/metrics; do
    answer=$(ask "$port" "$path") || fail "no answer from port $port to $path"
    echo "$path: ${answer%$'\r'}"
  done
done

kill -TERM "$service"
deadline=$((SECONDS + STOP_LIMIT))
while running; do
  ((SECONDS < deadline)) || fail "the service did not stop within $STOP_LIMIT s"
  sleep 0.2
done
status=0
wait "$service" || status=$?
service=
# 143: ended by SIGTERM.
[[ $status = 0 || $status = 143 ]] || fail "the service exited with $status"
[[ -s pbx-group.aot ]] || fail 'no cache was written'
chmod 644 pbx-group.aot
