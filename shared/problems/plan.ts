import { catalogue } from './catalogue.ts'

const list = (paths: readonly string[]): string => paths.join(', ')

/** Problems of the room `plan`. */
export const planProblems = catalogue({
  changed_meanwhile: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} was changed after the plan was made.`,
    remedy: 'Review a new plan, then apply that one. On the command line, run the same command again.',
  }),
  mounted_alone: (known: { path: string; folder: string }) => ({
    exit: 3,
    message: `${known.path} is a mount point, so it cannot be replaced or renamed.`,
    remedy: `Mount the whole folder ${known.folder} instead of ${known.path}, then try again.`,
  }),
  changed_since: (known: { paths: readonly string[] }) => ({
    exit: 3,
    message: `Somebody changed what Firstnode wrote, so it will not overwrite it: ${list(known.paths)}.`,
    remedy: 'Move these out of the way (or put back what was there), then try again.',
  }),
  at_work: (known: { home: string; pid: number }) => ({
    exit: 5,
    message: `Another Firstnode (process ${known.pid}) is working on ${known.home} right now.`,
    remedy: 'Wait until it finishes, or cancel it there. Then check again.',
  }),
  unfinished_setup: (known: { home: string }) => ({
    exit: 3,
    message: `The setup of ${known.home} was interrupted and is not finished.`,
    remedy: 'Run `firstnode up --home …`, or choose this Elasticsearch in the wizard: Firstnode finishes the setup. Or run `firstnode undo --home …` to remove it.',
  }),
  unfinished_join: (known: { home: string }) => ({
    exit: 3,
    message: `The node in ${known.home} was joining a cluster, and was interrupted.`,
    remedy: 'Run `firstnode up --home …`, or choose this Elasticsearch in the wizard: if the node has already run, Firstnode finishes the join; if not, it puts everything back.',
  }),
  unfinished_undo: (known: { home: string }) => ({
    exit: 3,
    message: `An undo of the setup of ${known.home} was interrupted and is not finished.`,
    remedy: 'Run `firstnode undo --home …`: it continues where it stopped.',
  }),
  unfinished_remedy: (known: { home: string }) => ({
    exit: 3,
    message: `\`firstnode prepare\` was interrupted in ${known.home}; its changes are not complete.`,
    remedy: 'Run `firstnode prepare --home …`: it puts the files back first, then shows the changes again.',
  }),
  unfinished_opening: (known: { home: string }) => ({
    exit: 3,
    message: `\`firstnode open\` was interrupted in ${known.home}; its change to the transport settings is not complete.`,
    remedy: 'Run `firstnode open --undo --home …`: it restores the settings, and restarts the node if it is running.',
  }),
  unfinished_closing: (known: { home: string }) => ({
    exit: 3,
    message: `\`firstnode open --undo\` was interrupted in ${known.home}; the transport settings are only partly restored.`,
    remedy: 'Run `firstnode open --undo --home …`: it continues where it stopped.',
  }),
  unfinished_renewal: (known: { home: string }) => ({
    exit: 3,
    message: `\`firstnode renew\` was interrupted in ${known.home}; its change to the certificates is not complete.`,
    remedy: 'Run `firstnode renew --undo --home …`: it restores the certificates as they were. Then renew them again.',
  }),
  temporary_user_left: (known: { home: string }) => ({
    exit: 3,
    message: `An interrupted Firstnode command left a temporary superuser in the file realm of ${known.home}.`,
    remedy: 'Run `firstnode start --home …`: it removes the user, and starts the node if it is not running.',
  }),
  unfinished_kibana: (known: { home: string }) => ({
    exit: 3,
    message: `\`firstnode kibana\` was interrupted in ${known.home}; its changes are not complete.`,
    remedy: 'Run `firstnode kibana --kibana-home …` again, or `firstnode kibana --undo --kibana-home …`.',
  }),
  unfinished_handout: (known: { home: string }) => ({
    exit: 3,
    message: `\`firstnode save\` was interrupted in ${known.home}; its changes are not complete.`,
    remedy: 'Run `firstnode save --format env --to …` again: it puts the files back first.',
  }),
  recover_first: (known: { config: string }) => ({
    exit: 3,
    message: `An earlier set-up in ${known.config} was interrupted and has not been put back yet.`,
    remedy: 'Run the set-up again: it puts the earlier one back first.',
  }),
  put_back_failed: (known: { config: string; what: string }) => ({
    exit: 1,
    message: `Firstnode could not restore everything. ${known.what}`,
    remedy: `Nothing is lost: the originals are in ${known.config}, in the folder .firstnode. Fix the cause, then run the same command again: it continues where it stopped.`,
  }),
  write_disk_full: (known: { path: string }) => ({
    exit: 4,
    message: `The disk (or the quota) has no room left for ${known.path}.`,
    remedy: 'Free some space on that disk, then run the same command again.',
  }),
  write_read_only: (known: { path: string }) => ({
    exit: 3,
    message: `The file system of ${known.path} is read-only.`,
    remedy: 'Mount it writable, or use a folder on another disk.',
  }),
  write_refused: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `Firstnode cannot use ${known.path}: ${known.why}.`,
    remedy: 'Run Firstnode as the account that owns it, or as root, and make sure that this account may read and write it.',
  }),
  write_failed: (known: { path: string; why: string }) => ({
    exit: 4,
    message: `The file system failed at ${known.path}: ${known.why}.`,
    remedy: 'Fix the cause, then run the same command again.',
  }),
  disk_failed: (known: { path: string; why: string }) => ({
    exit: 4,
    message: `The disk reported an error at ${known.path} (${known.why}).`,
    remedy: 'Check the disk and the system log (a network disk: its connection), then run the same command again.',
  }),
  too_many_open_files: (known: { path: string }) => ({
    exit: 4,
    message: `The system opens no more files for this process, so ${known.path} could not be opened.`,
    remedy: 'Raise the limit of open files (ulimit -n) or close other programs, then run the same command again.',
  }),
  file_in_use: (known: { path: string }) => ({
    exit: 4,
    message: `${known.path} is in use by another program or by the system.`,
    remedy: 'Close the program that uses it (if it is a mount point, unmount it), then run the same command again.',
  }),
  name_too_long: (known: { path: string }) => ({
    exit: 3,
    message: `The path ${known.path} is too long for its file system.`,
    remedy: 'Use a folder with a shorter path.',
  }),
  too_many_links: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is a symbolic link that leads in a circle, or where no link is allowed.`,
    remedy: 'Replace the link with the file or folder itself, then run the same command again.',
  }),
  file_missing: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} does not exist.`,
    remedy: 'Restore it, or choose another folder, then run the same command again.',
  }),
  access_not_closed: (known: { path: string; why: string }) => ({
    exit: 4,
    message: `${known.path} holds keys and could not be closed to other accounts: ${known.why}.`,
    remedy: 'Use a home in a folder of your own on a disk of this machine that keeps access lists (NTFS, not FAT or exFAT).',
  }),
  not_a_plain_file: (known: { path: string; what: string }) => ({
    exit: 3,
    message: `${known.path} is ${known.what}, where a plain file is expected.`,
    remedy: 'Replace it with a plain file or move it away, then try again.',
  }),
  not_a_folder: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is a link or a file, where a folder is expected.`,
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
