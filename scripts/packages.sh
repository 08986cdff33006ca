# shellcheck shell=bash
# The system packages that a build needs, by their Debian names. Sourced by setup.sh.
# Presence is judged by what a package brings, so that other systems and own builds count too.

multiarch=/usr/lib/$(uname -m)-linux-gnu
missing=()

require_packages() {
  find_missing
  ((${#missing[@]} == 0)) || install_missing
  # What libheif lacks is known once libvips has brought it.
  ((${#missing[@]} == 0)) || install_missing
  ((${#missing[@]} == 0)) || die "apt-get did not bring ${missing[*]%% *}"
  if [[ -z ${OUTPAINT_TORCH_DIR:-} ]] && ! blas_is_fast; then
    say "warning: the slow reference BLAS is in force here; to change that:" \
      "sudo update-alternatives --auto libblas.so.3-$(uname -m)-linux-gnu"
  fi
}

find_missing() {
  missing=()
  need ca-certificates "lets NuGet check whom it downloads from" compgen -G '/etc/ssl/certs/*'
  need cmake "configures the native libraries" command -v cmake
  need ninja-build "builds them" command -v ninja
  need g++ "compiles them" command -v g++
  need pkg-config "finds libvips" command -v pkg-config
  need libvips-dev "reads and writes pictures" pkg-config --exists vips
  need libheif-plugin-x265 "writes HEIC" heif_can libheif-x265
  need libheif-plugin-aomenc "writes AVIF" heif_can libheif-aomenc
  if [[ -z ${OUTPAINT_TORCH_DIR:-} ]]; then
    need libtorch-dev "computes: tensors, convolutions, gradients" torch_is_installed
    need libopenblas0-pthread "multiplies matrices about 50 times faster than the default" \
      blas_is_installed
  elif [[ ! -f $OUTPAINT_TORCH_DIR/share/cmake/Torch/TorchConfig.cmake ]]; then
    die "OUTPAINT_TORCH_DIR is not an unpacked libtorch: $OUTPAINT_TORCH_DIR"
  fi
}

need() { # PACKAGE PURPOSE PROBE...
  "${@:3}" >/dev/null 2>&1 || missing+=("$(printf '%-21s %s' "$1" "$2")")
}

# Debian 12's libheif has its codecs inside; that of Debian 13 comes with those that read.
heif_can() { # PLUGIN
  [[ ! -d $multiarch/libheif/plugins || -e $multiarch/libheif/plugins/$1.so ]]
}

torch_is_installed() {
  [[ -f $multiarch/cmake/Torch/TorchConfig.cmake ]]
}

blas_is_fast() {
  [[ $(readlink -f "$multiarch/libblas.so.3") != */blas/* ]]
}

blas_is_installed() {
  [[ -e $multiarch/libblas.so.3 ]] && { blas_is_fast || [[ -d $multiarch/openblas-pthread ]]; }
}

install_missing() {
  local names=("${missing[@]%% *}") as_root=()
  local command="apt-get install --no-install-recommends ${names[*]}"
  say "Missing system packages:"
  printf '  %s\n' "${missing[@]}" >&2
  ((EUID == 0)) || as_root=(sudo -n)
  if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
    die "they need root; run this, then call again: sudo $command"
  fi
  step "Installing them with apt-get (a few minutes)..." run_apt
  find_missing
}

run_apt() {
  # A fresh machine has no package lists. One failing source must not stop the installation.
  "${as_root[@]}" apt-get update
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes \
    --no-install-recommends -o DPkg::Lock::Timeout=300 "${names[@]}"
}
