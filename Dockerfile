# Both commands of Telex in an image with nothing else: static, not root, no shell.
#
#   docker build -t telex .
#   docker run --rm telex --version
#   docker run --rm -v telex:/data -p 127.0.0.1:4222:4222 telex run --data /data --listen 0.0.0.0:4222
#   docker run --rm -i --entrypoint /producer telex --nats nats://… -

FROM golang:1.26.8 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# With .git among the files, `worker --version` tells the commit.
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/ ./cmd/worker ./cmd/producer
# Folders that the user below may write to: a store, and temporary files.
RUN mkdir -p /empty/data /empty/tmp && chmod 1777 /empty/tmp

FROM scratch
# For servers whose certificates a public authority signed. The table of time
# zones, and the models of Dutch, are inside the commands.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build --chown=65532:65532 /empty/ /
COPY --from=build /out/worker /out/producer /
# Workers answer `worker health` on a socket in the folder TELEX_STATE.
ENV HOME=/data TELEX_STATE=/tmp
USER 65532:65532
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["/worker", "health"]
ENTRYPOINT ["/worker"]
