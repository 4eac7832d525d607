import { catalogue } from './catalogue.ts'

const list = (paths: readonly string[]): string => paths.join(', ')

/** Problems of the room `plan`. */
export const planProblems = catalogue({
  changed_meanwhile: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} was changed after the plan was made. Nothing was changed.`,
    remedy: 'Look at the plan again and apply that one.',
  }),
  changed_since: (known: { paths: readonly string[] }) => ({
    exit: 3,
    message: `Somebody changed what Firstnode wrote, so it will not overwrite it: ${list(known.paths)}.`,
    remedy: 'Move these out of the way (or put back what was there), then try again.',
  }),
  recover_first: (known: { config: string }) => ({
    exit: 3,
    message: `An earlier set-up in ${known.config} was interrupted and has not been put back yet.`,
    remedy: 'Run the set-up again: it puts the earlier one back first.',
  }),
  put_back_failed: (known: { config: string; what: string }) => ({
    exit: 1,
    message: `Not everything could be put back: ${known.what}`,
    remedy: `Nothing is lost: what was there before lies in ${known.config}, in the folder .firstnode. Mend the cause and run the same command again, it goes on from there.`,
  }),
  write_disk_full: (known: { path: string }) => ({
    exit: 4,
    message: `There is no room left on the disk (or in the quota) for ${known.path}. Everything is as it was before.`,
    remedy: 'Free some space on that disk, then try again.',
  }),
  write_read_only: (known: { path: string }) => ({
    exit: 3,
    message: `The file system that holds ${known.path} is read-only. Nothing was changed.`,
    remedy: 'Mount it writable, or use a home on another disk.',
  }),
  write_refused: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `${known.path} cannot be written: ${known.why}. Nothing was changed.`,
    remedy: 'Run Firstnode as the account that owns the home, or as root, and see that the folder may be written.',
  }),
  write_failed: (known: { path: string; why: string }) => ({
    exit: 4,
    message: `Writing ${known.path} failed: ${known.why}. Everything is as it was before.`,
    remedy: 'Mend what the detail names, then try again.',
  }),
  access_not_closed: (known: { path: string; why: string }) => ({
    exit: 4,
    message: `${known.path} holds keys and could not be closed to other accounts: ${known.why}. Everything is as it was before.`,
    remedy: 'Use a home in a folder of your own on a disk of this machine that keeps access lists (NTFS, not FAT or exFAT).',
  }),
  not_a_plain_file: (known: { path: string; what: string }) => ({
    exit: 3,
    message: `${known.path} is ${known.what}, where a plain file is expected. Nothing was changed.`,
    remedy: 'Replace it with a plain file or move it away, then try again.',
  }),
  not_a_folder: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is a link or a file, where a folder of its own is expected. Nothing was changed.`,
    remedy: 'Replace it with a folder, or move it away, then try again.',
  }),
  untrusted_folder: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `${known.path} ${known.why}. Firstnode, run as root, does not write there.`,
    remedy: 'Give the folder and everything in it to the account that runs Elasticsearch, or run Firstnode as that account.',
  }),
  outside_config: (known: { path: string; config: string }) => ({
    exit: 1,
    message: `A change to ${known.path} lies outside of ${known.config}. Nothing was changed.`,
    remedy: 'This is a fault of Firstnode: report it with the detail below.',
  }),
  journal_unreadable: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} says what an earlier set-up was doing, and cannot be read.`,
    remedy: 'What was there before lies beside it, in the folder "before": put it back by hand, then remove the folder .firstnode.',
  }),
  record_unreadable: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path}, the record of an earlier set-up, cannot be read.`,
    remedy: 'It was damaged, or a newer Firstnode wrote it: use that one.',
  }),
})
