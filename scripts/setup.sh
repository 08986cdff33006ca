# shellcheck shell=bash
# Set-up shared by ./outpaint and ./test: system packages, the native libraries, the program.
# Sourced with $root set to the repository's absolute path. Everything it makes is in artifacts/,
# which may be deleted at any time. Messages go to stderr: stdout belongs to the program.

# shellcheck source-path=SCRIPTDIR source=packages.sh
source "${root:?}/scripts/packages.sh"

artifacts=$root/artifacts
log=$artifacts/setup.log

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

# Makes the parts (native, program) that are missing or older than their sources, in that order.
# Only one process at a time works on a clone; the others wait and then find the work done.
set_up() { # PART...
  mkdir -p "$artifacts"
  (
    flock -n 9 || {
      say "Waiting for another set-up of this clone to finish..."
      flock 9
    }
    stale=()
    for part in "$@"; do
      is_current "$part" || stale+=("$part")
    done
    ((${#stale[@]})) || exit 0
    begin
    for part in "${stale[@]}"; do
      make_part "$part"
    done
  ) 9>>"$artifacts/lock"
}

begin() {
  : >"$log"
  say "Setting up (details in $log)"
  require_dotnet
  # A build that was killed may have left half-written files that look up to date.
  if [[ -e $artifacts/unfinished ]]; then
    rm -rf "$artifacts/build" "$root"/{src,tests}/*/{bin,obj}
  fi
}

is_current() { # PART
  local stamp=$artifacts/$1.stamp
  [[ -f $stamp && $(<"$stamp") == "$(fingerprint "$1")" ]]
}

# Names, sizes and times of the files that a part is built from, and the libtorch asked for.
# Unlike a single time stamp this also sees files that were deleted or that carry an old date.
fingerprint() ( # PART
  cd "$root" || exit
  shopt -s nullglob
  sources=(native scripts/packages.sh)
  if [[ $1 == program ]]; then
    sources+=(src scripts global.json Directory.*.props weights/*.safetensors)
  fi
  printf 'libtorch: %s\n' "${OUTPAINT_TORCH_DIR:-}"
  find "${sources[@]}" \( -name bin -o -name obj \) -prune \
    -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort
)

make_part() { # PART
  # Taken first: a source edited while it is being built is newer than the build.
  local now
  now=$(fingerprint "$1")
  rm -f "$artifacts/$1.stamp"
  "make_$1"
  printf '%s\n' "$now" >"$artifacts/$1.stamp"
}

# Runs a command behind one visible line. Its output goes to the log; a failure shows the end of it.
step() { # MESSAGE COMMAND...
  local status=0
  say "$1"
  shift
  touch "$artifacts/unfinished"
  # A server that a command leaves behind must not inherit the lock (descriptor 9).
  "$@" >>"$log" 2>&1 </dev/null 9>&- || status=$?
  rm "$artifacts/unfinished"
  if ((status != 0)); then
    tail -n 20 "$log" >&2
    die "this step failed; the whole log is $log"
  fi
}

make_native() {
  require_packages
  # A cache may point at another libtorch, or at where this clone was before it was moved.
  rm -f "$artifacts/build/CMakeCache.txt"
  local options=(-G Ninja)
  if [[ -n ${OUTPAINT_TORCH_DIR:-} ]]; then
    options+=("-DCMAKE_PREFIX_PATH=$(realpath "$OUTPAINT_TORCH_DIR")")
  fi
  step "Configuring the native libraries..." cmake -S "$root/native" -B "$artifacts/build" "${options[@]}"
  step "Building the native libraries (about a minute, once)..." cmake --build "$artifacts/build"
}

# Each build has a folder of its own, to which a link leads, and stays there while it runs: a training of many hours
# loads some of its files late.
make_program() {
  local programs=$artifacts/programs link=$artifacts/outpaint new old
  new=$(date +%Y%m%d-%H%M%S)-$$
  step "Building the program..." dotnet publish "$root/src/Outpaint.Cli" --configuration Release \
    --output "$programs/$new" --disable-build-servers
  [[ -L $link ]] || rm -rf "$link"
  ln -sfn "programs/$new" "$link.new"
  mv -T "$link.new" "$link"
  for old in "$programs"/*; do
    [[ $old == "$programs/$new" ]] || runs_from "$old" || rm -rf "$old"
  done
}

runs_from() { # FOLDER
  [[ $(readlink /proc/[0-9]*/exe) == *"$1/"* ]]
}

# Finds an SDK that is installed in a home folder, and tells the program's own launcher where it is.
find_dotnet() {
  local home
  command -v dotnet >/dev/null || PATH=$PATH:${DOTNET_ROOT:-${HOME:-}/.dotnet}
  home=$(dirname "$(readlink -f "$(command -v dotnet)")")
  [[ ! -d $home/host/fxr ]] || export DOTNET_ROOT=$home
}

require_dotnet() {
  local where="install it from https://dotnet.microsoft.com/download/dotnet/10.0"
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
  # Without it the SDK does not start where the ICU libraries are absent.
  export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
  # Nor without a home of the user's, which service accounts often lack.
  [[ -d ${HOME:-} && -w $HOME ]] || export HOME=$artifacts/home
  mkdir -p "$HOME"
  find_dotnet
  command -v dotnet >/dev/null || die "the .NET 10 SDK is missing: $where"
  # global.json makes this fail when only other versions are there.
  (cd "$root" && dotnet --version) >>"$log" 2>&1 ||
    die "the .NET SDK found is not a .NET 10 one, or does not start (dotnet --list-sdks; $log): $where"
}
