# newsclean with compiled kernels in it: docker build -t newsclean . && docker run --rm -v "$PWD:/data" newsclean run crawl --out out
FROM python:3.12-slim AS build
COPY . /source
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels /source

FROM python:3.12-slim
# Machine code is kept by kind of processor. One kind for all hosts makes the cache of this image hit everywhere;
# for other processors than x86-64 of 2013 or later, build with --build-arg CPU=generic.
ARG CPU=x86-64-v3
ENV NUMBA_CPU_NAME=$CPU NUMBA_CPU_FEATURES="" NEWSCLEAN_CACHE_DIR=/opt/newsclean
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels pip install --no-cache-dir /wheels/*.whl
# Root makes the machine code; whoever runs the image reads it (docs/how-to/start-fast.md).
RUN newsclean warm --shared
RUN useradd --uid 1000 --create-home --home-dir /home/newsclean newsclean && chmod 700 /home/newsclean
USER 1000
WORKDIR /data
ENTRYPOINT ["newsclean"]
CMD ["--help"]
