const words: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'this account does not have access to it',
  EPERM: 'this account does not have access to it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its path is too long',
  EIO: 'the disk reports an error',
  ENXIO: 'it is a pipe or a device',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'it is on a read-only file system',
  EBUSY: 'it is in use',
  ETXTBSY: 'another program is writing to it',
  EFBIG: 'the file would be too large',
  ENOEXEC: 'it is not a program for this machine',
  E2BIG: 'its arguments and environment variables are too long',
  EAGAIN: 'this account cannot start more processes',
  ENOMEM: 'there is not enough memory',
}

/**
 * Why a file, a folder or a program cannot be used, as a clause that follows a colon: by the code of the failed call (POSIX, which Node uses
 * on every system), never in the words of the system, which repeat the call.
 */
export function whyUnreadable(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  return words[code] ?? (code === '' ? 'the system does not say why' : `the system reports ${code}`)
}
