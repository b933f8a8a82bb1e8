# The images of IRQ Ledger, each with the jars of its own program, from what `mvn -Pdist package` built:
# docker build --target service|agent|cli . (docker-compose.yml does it). They run as a user without
# rights, write to /var/lib/irq-ledger and /tmp alone, and so work with a read-only root.
FROM eclipse-temurin:25-jre AS base
RUN groupadd -g 10001 irq-ledger \
 && useradd -u 10001 -g irq-ledger -d /var/lib/irq-ledger -s /usr/sbin/nologin irq-ledger \
 && mkdir -p /var/lib/irq-ledger \
 && chown irq-ledger:irq-ledger /var/lib/irq-ledger
USER irq-ledger
WORKDIR /var/lib/irq-ledger
VOLUME /var/lib/irq-ledger

FROM base AS service
COPY docker/launch /usr/local/bin/irq-ledger-service
COPY dist/service/target/image/lib /opt/irq-ledger
ENV IRQ_LEDGER_STATE_DIR=/var/lib/irq-ledger \
    IRQ_LEDGER_HTTP_LISTEN=0.0.0.0:8571
EXPOSE 8571
HEALTHCHECK --interval=10s --timeout=15s --start-period=120s --retries=6 \
  CMD ["irq-ledger-service", "check"]
ENTRYPOINT ["irq-ledger-service"]
CMD ["run"]

FROM base AS agent
COPY docker/launch /usr/local/bin/irq-ledger-agent
COPY dist/agent/target/image/lib /opt/irq-ledger
ENTRYPOINT ["irq-ledger-agent"]
CMD ["--help"]

FROM base AS cli
COPY docker/launch /usr/local/bin/irq-ledger
COPY dist/cli/target/image/lib /opt/irq-ledger
ENTRYPOINT ["irq-ledger"]
CMD ["--help"]
