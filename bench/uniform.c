/*
 * The plain loop that the benchmark measures against: uniform gossip for the minimum, in ascending order, on the graph
 * of a binary file, with the random numbers of src/host/random.ts.
 *
 * The file, all uint32 in this machine's byte order: nodes n, entries m, rounds r; r pairs of words, the rounds' keys;
 * n + 1 offsets; m neighbors; n start values. The run is played twice and the second one is timed. Printed: seconds,
 * exchanges that changed a value, checksum.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint32_t mix(uint32_t x) {
  x ^= x >> 16;
  x *= 0x21f0aaad;
  x ^= x >> 15;
  x *= 0xd35a2d97;
  return x ^ (x >> 15);
}

static uint32_t word(uint32_t k0, uint32_t k1, uint32_t counter) {
  uint32_t first = mix(counter ^ k0);
  return mix(first + k1) + first;
}

static uint32_t *read_words(FILE *file, size_t count) {
  uint32_t *words = malloc(count * sizeof *words);
  if (words == NULL || fread(words, sizeof *words, count, file) != count) {
    fprintf(stderr, "the graph's file is too short, or there is no memory for it\n");
    exit(1);
  }
  return words;
}

static double now(void) {
  struct timespec time;
  timespec_get(&time, TIME_UTC);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (file == NULL) {
    fprintf(stderr, "usage: uniform FILE\n");
    return 1;
  }
  const uint32_t *counts = read_words(file, 3);
  const uint32_t nodes = counts[0];
  const uint32_t rounds = counts[2];
  const uint32_t *keys = read_words(file, 2 * (size_t)rounds);
  const uint32_t *offsets = read_words(file, (size_t)nodes + 1);
  const uint32_t *neighbors = read_words(file, counts[1]);
  const uint32_t *start_values = read_words(file, nodes);
  double *values = malloc(nodes * sizeof *values);
  uint32_t *participations = malloc(nodes * sizeof *participations);
  if (values == NULL || participations == NULL) return 1;

  double seconds = 0;
  uint64_t useful = 0;
  for (int run = 0; run < 2; run++) {
    for (uint32_t node = 0; node < nodes; node++) {
      values[node] = start_values[node];
      participations[node] = 0;
    }
    useful = 0;
    const double start = now();
    for (uint32_t round = 0; round < rounds; round++) {
      const uint32_t k0 = keys[2 * round];
      const uint32_t k1 = keys[2 * round + 1];
      for (uint32_t node = 0; node < nodes; node++) {
        const uint32_t begin = offsets[node];
        const uint64_t degree = offsets[node + 1] - begin;
        const uint32_t partner = neighbors[begin + (uint32_t)(word(k0, k1, node) * degree >> 32)];
        participations[node]++;
        participations[partner]++;
        const double own = values[node];
        const double other = values[partner];
        const double least = own < other ? own : other;
        values[node] = least;
        values[partner] = least;
        useful += own != other;
      }
    }
    seconds = now() - start;
  }

  uint32_t checksum = 0;
  for (uint32_t node = 0; node < nodes; node++) {
    checksum = mix(checksum ^ participations[node]);
    checksum = mix(checksum ^ (uint32_t)values[node]);
  }
  printf("%.9f %llu %u\n", seconds, (unsigned long long)useful, checksum);
  return 0;
}
