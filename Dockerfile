# One image for every command: what follows its name is what would follow `gossip`.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node build.ts && mv dist /gossip && install -d -o node -g node /gossip/compiled

# What V8 makes of the commands, for the user and the Node that the folder is named after: who compiles nothing again
# starts with a fifth less. It is only read from then on.
USER node
ENV NODE_COMPILE_CACHE=/gossip/compiled
RUN node /gossip/bin/gossip.js --help && node /gossip/bin/gossip.js node --help

# All that the program needs of the system: Node, the libraries it is linked with, and who its user is.
USER root
RUN mkdir /image && cd /image && mkdir -p -m 1777 tmp && install -d -o node -g node home/node && \
    cp --parents -L /usr/local/bin/node $(ldd /usr/local/bin/node | grep -o '/[^ ]*') /etc/passwd /etc/group . && \
    mv /gossip .

FROM scratch
COPY --from=build /image /
ENV PATH=/usr/local/bin NODE_COMPILE_CACHE=/gossip/compiled
USER 1000:1000
WORKDIR /home/node
ENTRYPOINT ["node", "/gossip/bin/gossip.js"]
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title=gossip \
      org.opencontainers.image.description="Simulations of gossip protocols on graphs" \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION
