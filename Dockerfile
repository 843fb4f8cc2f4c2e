# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet restore src/KkmpBot --locked-mode \
 && dotnet publish src/KkmpBot --no-restore -c Release -o /program

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# The health check asks the program itself; curl is the smallest that speaks HTTP and is in every Debian. rsvg-convert draws price curves.
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl librsvg2-bin fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir -p /kkmp/data /kkmp/keys \
 && chown -R app:app /kkmp
COPY --from=build /program /program
USER app
WORKDIR /kkmp
# Keys apart from data, so that a copy of one is no copy of the other.
VOLUME ["/kkmp/data", "/kkmp/keys"]
# Nothing is written outside the two volumes, so the container runs with --read-only; the runtime's own diagnostics would want a folder.
ENV ASPNETCORE_URLS=http://0.0.0.0:8080 DOTNET_EnableDiagnostics=0
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD curl -fsS http://127.0.0.1:8080/healthz
ENTRYPOINT ["dotnet", "/program/KkmpBot.dll"]
