# Outpaint with all that it needs, for any machine with Docker (docs/docker.md).

# Debian, as on a user's machine, so that the same set-up serves here. Of .NET's own images, which are of another system, its
# folder is enough.
FROM debian:12-slim AS build
COPY --from=mcr.microsoft.com/dotnet/sdk:10.0 /usr/share/dotnet /usr/share/dotnet
ENV DOTNET_ROOT=/usr/share/dotnet
WORKDIR /outpaint
# First what changes seldom, so that Docker keeps it: packages and native libraries.
COPY scripts/packages.sh scripts/setup.sh scripts/
COPY native native/
RUN bash -euc 'root=$PWD; source scripts/setup.sh; set_up native'
COPY . .
RUN ./outpaint --version && cp -rL artifacts/outpaint /opt/outpaint

FROM debian:12-slim
# What the packages of scripts/packages.sh need at run time. libtorch brings OpenCV, and that what draws on screens, decodes
# video on Intel's graphics and projects maps: 200 MB that nothing here loads.
RUN printf 'path-exclude %s\n' '/usr/lib/*/libLLVM*' '/usr/lib/*/libz3.so*' '/usr/lib/*/dri/*' '/usr/lib/*/mfx/*' \
      '/usr/lib/*/libmfxhw64.so*' '/usr/share/proj/*' >/etc/dpkg/dpkg.cfg.d/outpaint \
  && apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates libopenblas0-pthread libtorch1.13 libvips42 \
  && rm -rf /var/lib/apt/lists/*
COPY --from=mcr.microsoft.com/dotnet/aspnet:10.0 /usr/share/dotnet /usr/share/dotnet
COPY --from=build /outpaint/scripts/start.sh /opt/outpaint /opt/outpaint/
WORKDIR /photos
ENTRYPOINT ["/opt/outpaint/start.sh", "/opt/outpaint/outpaint-cli"]
LABEL org.opencontainers.image.title="Outpaint" \
  org.opencontainers.image.description="Makes a photo wider and taller, and leaves its own pixels untouched" \
  org.opencontainers.image.licenses="MIT"
