# The MinIO server of the tests, whose cluster can pull no image. The context is a folder with its binary. It runs as
# anybody on a read-only root, and writes only to /data.
FROM scratch
COPY minio /usr/local/bin/minio
ENV PATH=/usr/local/bin HOME=/data MINIO_BROWSER=off MINIO_UPDATE=off
USER 1000:1000
EXPOSE 9000
ENTRYPOINT ["minio"]
CMD ["server", "/data", "--quiet", "--address", ":9000"]
