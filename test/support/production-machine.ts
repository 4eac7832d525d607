import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { raisedMaps } from './raised-maps.ts'

const execute = promisify(execFile)

/** A machine on which Elasticsearch's bootstrap checks pass, or do not, as a test wants it. */
export interface ProductionMachine {
  /** for a node, and a Firstnode, that may open 65536 files */
  readonly enough: Readonly<Record<string, string>>
  /** the same, but only for Firstnode: the node it starts sees 20000, as nobody could foresee */
  readonly enoughForUs: Readonly<Record<string, string>>
  /** 20000 for both */
  readonly tooFew: Readonly<Record<string, string>>
  remove(): Promise<void>
}

/** Answers what a JVM asks for the limit of open files, which root itself often cannot raise: TEST_OPEN_FILES, a name that a node is not given, or else 20000. */
const source = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/resource.h>

static void answer(struct rlimit *limit) {
  const char *files = getenv("TEST_OPEN_FILES");
  if (files == NULL) files = getenv("FIRSTNODE_TEST_OPEN_FILES");
  limit->rlim_cur = limit->rlim_max = files == NULL ? 20000 : strtoul(files, NULL, 10);
}

int getrlimit(__rlimit_resource_t resource, struct rlimit *limit) {
  int (*real)(__rlimit_resource_t, struct rlimit *) = dlsym(RTLD_NEXT, "getrlimit");
  int failed = real(resource, limit);
  if (failed == 0 && resource == RLIMIT_NOFILE) answer(limit);
  return failed;
}

int getrlimit64(__rlimit_resource_t resource, struct rlimit64 *limit) { return getrlimit(resource, (struct rlimit *)limit); }
`

/** Raises `vm.max_map_count` where it is too low, and puts it back in the end; makes the library that answers for open files. */
export async function productionMachine(): Promise<ProductionMachine> {
  const putBackMaps = await raisedMaps()
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-limits-'))
  await chmod(folder, 0o755)
  const [code, library] = [join(folder, 'limits.c'), join(folder, 'limits.so')]
  await writeFile(code, source)
  await execute('cc', ['-shared', '-fPIC', '-o', library, code, '-ldl'])
  const preloaded = { LD_PRELOAD: library }
  return {
    enough: { ...preloaded, TEST_OPEN_FILES: '65536' },
    enoughForUs: { ...preloaded, FIRSTNODE_TEST_OPEN_FILES: '65536' },
    tooFew: preloaded,
    remove: async () => {
      await putBackMaps()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
