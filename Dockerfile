# The images of IRQ Ledger, from what `mvn package` built: docker build --target service|agent|cli .
# (docker-compose.yml does it). They run as a user without rights, write to /var/lib/irq-ledger and
# /tmp alone, and so work with a read-only root.
FROM eclipse-temurin:25-jre AS base
COPY standalone/target/app/lib /opt/irq-ledger/lib
COPY standalone/target/app/irq-ledger.jar /opt/irq-ledger/irq-ledger.jar
COPY docker/launch /usr/local/bin/irq-ledger
RUN groupadd -g 10001 irq-ledger \
 && useradd -u 10001 -g irq-ledger -d /var/lib/irq-ledger -s /usr/sbin/nologin irq-ledger \
 && mkdir -p /var/lib/irq-ledger \
 && chown irq-ledger:irq-ledger /var/lib/irq-ledger
USER irq-ledger
WORKDIR /var/lib/irq-ledger
VOLUME /var/lib/irq-ledger

FROM base AS service
ENV IRQ_LEDGER_STATE_DIR=/var/lib/irq-ledger \
    IRQ_LEDGER_HTTP_LISTEN=0.0.0.0:8571
EXPOSE 8571
HEALTHCHECK --interval=10s --timeout=15s --start-period=60s --retries=6 \
  CMD ["irq-ledger", "service", "check"]
ENTRYPOINT ["irq-ledger", "service"]
CMD ["run"]

FROM base AS agent
ENTRYPOINT ["irq-ledger", "agent"]
CMD ["--help"]

FROM base AS cli
ENTRYPOINT ["irq-ledger"]
CMD ["--help"]
