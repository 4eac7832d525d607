import { blocks, passed } from '../check.ts'
import { bytesOf } from '../sizes.ts'
import { lastOption, type BootstrapRule } from './foreseen.ts'

/** HeapSizeCheck: where either is named, Elasticsearch does not choose the other. */
export const heapSize: BootstrapRule = {
  id: 'heap-size',
  title: 'Heap',
  run: ({ options }) => {
    const least = lastOption(options, /^-Xms(\S+)$/) ?? lastOption(options, /^-XX:InitialHeapSize=(\S+)$/)
    const most = lastOption(options, /^-Xmx(\S+)$/) ?? lastOption(options, /^-XX:MaxHeapSize=(\S+)$/)
    if (least === null && most === null) return passed('Elasticsearch chooses it by itself: as large at the start as it may grow.')
    if (least !== null && most !== null && bytesOf(least.value) === bytesOf(most.value)) return passed(`${most.value}, at the start and at most.`)
    const only = most ?? least
    return blocks(
      least !== null && most !== null ? `The heap begins with ${least.value} (${least.from}) and grows to ${most.value} (${most.from}); both must be the same.` : `Only ${only?.text} is named (${only?.from}); the heap must begin as large as it may grow.`,
      `Write both, -Xms${only?.value} and -Xmx${only?.value}, into a file in jvm.options.d.`,
    )
  },
}

/** UseSerialGCCheck. Options of another collector beside it end the JVM by themselves. */
export const collector: BootstrapRule = {
  id: 'collector',
  title: 'Garbage collector',
  run: ({ options }) => {
    const serial = lastOption(options, /^-XX:([+-])UseSerialGC$/)
    if (serial?.value !== '+') return null
    return blocks(`The serial collector is chosen (${serial.text} in ${serial.from}), which stops the whole node while it works.`, `Take ${serial.text} out of ${serial.from}: Elasticsearch takes G1 then.`)
  },
}

/** OnErrorCheck, OnOutOfMemoryErrorCheck: the system call filter lets the node start no other program. */
export const onError: BootstrapRule = {
  id: 'on-error',
  title: 'Programs started on an error',
  run: ({ options, platform }) => {
    const found = lastOption(options, /^-XX:(OnError|OnOutOfMemoryError)=/)
    if (found === null || platform === 'win32') return null
    return blocks(`${found.value} (${found.from}) would start a program, and Elasticsearch lets its node start none.`, `Take -XX:${found.value} out of ${found.from}, and use -XX:+ExitOnOutOfMemoryError.`)
  },
}

/** EarlyAccessCheck. */
export const earlyAccess: BootstrapRule = {
  id: 'early-access',
  title: 'Java',
  run: ({ java }) => {
    if (java === null || !/-ea\b/.test(java.version)) return null
    return blocks(`Java ${java.version} in ${java.home} is an early-access build.`, 'Set ES_JAVA_HOME to a released JDK; the one that comes with Elasticsearch always fits.')
  },
}
