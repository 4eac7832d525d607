import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { certificatesState, certificatesWish, renewalPreview, renewalUndo, renewalWish } from './certificates.ts'
import { apiKeyWish, clientSnippets, madeApiKey, snippetsWish } from './clients.ts'
import { about, copied, menuChoice, pickWish, saveWish, updateState } from './desktop.ts'
import { downloadOffer, downloadSource, downloadWish, product } from './download.ts'
import { envDone, envPreview, envWish, handoutFile, handoutWish } from './handout.ts'
import { folderListing, hostInfo, wizardPlace } from './host.ts'
import { foundHomes, installation } from './installation.ts'
import { joinPreview, joinWish, tokenView } from './join.ts'
import { clusterView, nodeStatus, shownNode, tryAnswer, undoPreview, undoWish } from './node.ts'
import { foundKibanas, kibanaDone, kibanaEvent, kibanaPreview, kibanaRun, kibanaTarget, kibanaUndo, kibanaView, kibanaWish } from './kibana.ts'
import { newPassword, passwordWish } from './password.ts'
import { preflightReport, remedyDone, remedyPreview } from './preflight.ts'
import { credentials, enrollmentTokenView, planPreview, setupAnswers, setupEvent, setupState } from './setup.ts'
import { nodeTarget, problemView } from './target.ts'
import { tokenWish } from './token.ts'
import { closingPreview, openingPreview, openingWish, transportState } from './transport.ts'
import { workState } from './work.ts'

/** Every procedure may end with a PROBLEM whose data says code, message, remedy and detail. */
const base = oc.errors({ PROBLEM: { data: problemView } })

/** Who asks the cluster: a live set-up of this host (its password is in memory), or a password from the person. */
const asked = z.object({
  target: nodeTarget,
  setupId: z.string().optional(),
  password: z.string().optional(),
  url: z.string().optional(),
})

/** The one contract that all hosts carry. */
export const contract = {
  host: {
    info: base.output(hostInfo),
    listFolder: base.input(z.object({ path: z.string().nullable() })).output(folderListing),
    place: base.output(wizardPlace.nullable()),
    keepPlace: base.input(wizardPlace.nullable()).output(z.void()),
    about: base.output(about),
    /** A text for a report: versions, machine, what was found, the newest lines of our own log. Without secrets. */
    diagnostics: base.output(z.object({ text: z.string() })),
    /** The following need a window of the system's own; elsewhere they end with `no_desktop`, and the host's info says so beforehand. */
    pick: base.input(pickWish).output(z.string().nullable()),
    reveal: base.input(z.object({ path: z.string().min(1) })).output(z.void()),
    saveText: base.input(saveWish).output(z.string().nullable()),
    copy: base.input(z.object({ text: z.string().min(1).max(100_000), secret: z.boolean() })).output(copied),
    clearCopied: base.output(z.boolean()),
    menuChoices: base.output(eventIterator(menuChoice)),
    update: base.input(z.object({ wish: z.enum(['state', 'look', 'fetch', 'install']) })).output(updateState),
  },
  installation: {
    find: base.output(foundHomes),
    inspect: base.input(nodeTarget).output(installation),
    /** Begins to unpack an archive. Returns at once; follow with `work.watch`. */
    unpack: base.input(z.object({ archive: z.string().min(1), into: z.string().min(1), user: z.string().optional() })).output(workState),
    /** Begins to make the practice copy, fetched where it is not there yet. Returns at once; follow with `work.watch`. */
    practiceCopy: base.input(z.object({ version: z.string().optional(), user: z.string().optional() })).output(workState),
  },
  download: {
    /** Asks the vendor, or the mirror, what can be downloaded for this machine. */
    offer: base.input(downloadSource.extend({ product })).output(downloadOffer),
    /** Begins to download, check and unpack. Returns at once; follow with `work.watch`, which ends with the home. */
    begin: base.input(downloadWish).output(workState),
  },
  work: {
    /** The state now, then the newest one, until it has ended: done, cancelled or failed. Ending the stream does not end the work. */
    watch: base.input(z.object({ workId: z.string() })).output(eventIterator(workState)),
    /** Gives it up; returns when nothing half-made is left. */
    cancel: base.input(z.object({ workId: z.string() })).output(workState),
  },
  preflight: {
    /** `keystorePassword`: of a protected keystore, without which its home is blocked */
    run: base.input(nodeTarget.extend({ keystorePassword: z.string().optional() })).output(preflightReport),
    /** What undoing all that a plan can undo would change; touches nothing. Refused where nothing may be undone. */
    previewRemedy: base.input(z.object({ target: nodeTarget, keystorePassword: z.string().optional() })).output(remedyPreview),
    /** Applies just what was previewed, or nothing; `undo` puts it back. */
    applyRemedy: base.input(z.object({ planId: z.string() })).output(remedyDone),
  },
  setup: {
    /** Previews the first node and begins its keys; touches nothing. */
    plan: base.input(z.object({ target: nodeTarget, answers: setupAnswers })).output(planPreview),
    /** Drops a plan that will not be applied, its keys and password with it. */
    discard: base.input(z.object({ planId: z.string() })).output(z.void()),
    /** Applies a previewed plan, starts the node and proves it. Returns at once; follow with `watch`. */
    apply: base.input(z.object({ planId: z.string() })).output(setupState),
    /** Starts the node without configuring security: only what the person asked for in so many words. */
    startAsIs: base.input(z.object({ target: nodeTarget, heap: z.string().optional(), keystorePassword: z.string().optional() })).output(setupState),
    /** The state now, then every change and the log, until it is ready, cancelled or failed. Ending the stream does not end the work. */
    watch: base.input(z.object({ setupId: z.string() })).output(eventIterator(setupEvent)),
    /** Cancels and puts back; returns when that is done. */
    cancel: base.input(z.object({ setupId: z.string() })).output(setupState),
    credentials: base.input(z.object({ setupId: z.string() })).output(credentials),
    /** Somebody has the password: from here on a death of the wizard loses nothing. */
    handedOver: base.input(z.object({ setupId: z.string() })).output(setupState),
    /** Ends what an interrupted Firstnode left where that takes no decision and no node; refused, with the command that ends it, where it does. */
    endUnfinished: base.input(nodeTarget).output(z.object({ sentences: z.array(z.string()) })),
    /** Ends an unfinished set-up of a dead process: rolled back and begun anew with `answers` (else those of then), or, where the node ran already, taken up with a new password; follow with `watch`. */
    resume: base.input(z.object({ target: nodeTarget, answers: setupAnswers.optional() })).output(setupState),
  },
  join: {
    /** What a pasted enrollment token says, mended where a paste broke it; asks nobody. */
    explain: base.input(z.object({ token: z.string() })).output(tokenView),
    /** Asks the cluster of the token all that is needed, and previews the node that joins it; touches nothing here. Apply it with `setup.apply`. */
    plan: base.input(joinWish).output(joinPreview),
  },
  node: {
    /** `password`: of the elastic user, for the health of the cluster; a live set-up of this host knows it */
    status: base.input(nodeTarget.extend({ password: z.string().optional() })).output(nodeStatus),
    /** Starts a configured node; follow with `setup.watch`. Where its HTTPS cannot be proved (none, or another's CA) its state is `asIs`. */
    start: base.input(z.object({ target: nodeTarget, keystorePassword: z.string().optional() })).output(setupState),
    stop: base.input(nodeTarget).output(nodeStatus),
    show: base.input(z.object({ target: nodeTarget, keystorePasswords: z.boolean(), keystorePassword: z.string().optional() })).output(shownNode),
  },
  cluster: {
    view: base.input(asked).output(clusterView),
    /** Without `setupId` and `password` a temporary superuser of the file realm asks. */
    token: base.input(asked.extend(tokenWish)).output(enrollmentTokenView),
    tryIt: base.input(asked).output(tryAnswer),
    /** Gives a user a new password; the node must run, and nobody needs to know the old one. */
    newPassword: base.input(passwordWish).output(newPassword),
    /** The newest password that this host set here, as long as nobody has it; null where there is none. */
    pendingPassword: base.input(nodeTarget).output(newPassword.nullable()),
    /** Somebody has the new password of this user: the host forgets it. Can be said twice. */
    passwordHandedOver: base.input(z.object({ target: nodeTarget, username: z.string().min(1) })),
    /** Makes an API key for clients. Without `setupId` and `password` a temporary superuser of the file realm asks. */
    apiKey: base.input(asked.extend(apiKeyWish)).output(madeApiKey),
  },
  clients: {
    /** How every client connects to this node; reads its settings and its CA, asks nobody. Without a target with placeholders. */
    snippets: base.input(snippetsWish).output(clientSnippets),
  },
  undo: {
    preview: base.input(nodeTarget).output(undoPreview),
    /** Begins to undo. Returns at once; follow with `work.watch`. */
    apply: base.input(undoWish).output(workState),
  },
  kibana: {
    /** Those on this machine; `beside`: the home of an Elasticsearch, next to which one looks first. */
    find: base.input(z.object({ beside: z.string().nullable() })).output(foundKibanas),
    look: base.input(kibanaTarget).output(kibanaView),
    /** Tries an enrollment token and shows what will be written. Nothing is changed yet, neither on this machine nor in the cluster. */
    preview: base.input(kibanaWish).output(kibanaPreview),
    /**
     * Uses the token (the cluster makes one for this Kibana) and writes just what was previewed, or nothing; `undo` puts it back. `setupId`: of the set-up that formed the cluster; with its
     * password what the cluster made in vain is deleted again.
     */
    apply: base
      .input(z.object({ planId: z.string(), setupId: z.string().optional(), password: z.string().min(1).optional() }))
      .output(kibanaDone),
    /** Starts Kibana as the account that owns it. Returns at once; follow with `watch`. `interactive`: it is to ask for a token itself. */
    start: base.input(z.object({ target: kibanaTarget, interactive: z.boolean().optional() })).output(kibanaRun),
    /** The state now, then every change and the log, until Kibana answers or has ended. Ending the stream does not end Kibana. */
    watch: base.input(z.object({ runId: z.string() })).output(eventIterator(kibanaEvent)),
    /** Ends a Kibana that was started here; returns when it is gone. */
    stop: base.input(z.object({ runId: z.string() })).output(kibanaRun),
    /** Opens it in the browser of this machine; false where there is none. */
    open: base.input(z.object({ runId: z.string() })).output(z.boolean()),
    previewUndo: base.input(kibanaTarget).output(kibanaUndo),
    undo: base.input(kibanaTarget).output(kibanaUndo),
  },
  handout: {
    /** Everything for later as one text, in the format that was asked for. Where the node answers, the password is tried first. Writes nothing. */
    file: base.input(asked.extend(handoutWish)).output(handoutFile),
    /** What a `.env` in a project's folder would become: keys replaced or added, nothing else changed; touches nothing. */
    previewEnv: base.input(asked.extend(envWish)).output(envPreview),
    /** Writes just what was previewed, or nothing. */
    applyEnv: base.input(z.object({ planId: z.string() })).output(envDone),
  },
  certificates: {
    /** All certificates of a node, what it serves, and what to do about them; touches nothing. */
    look: base.input(certificatesWish).output(certificatesState),
    /** What a renewal would change, and the certificate it would make; touches nothing. Refused where Firstnode cannot issue one. */
    previewRenewal: base.input(renewalWish).output(renewalPreview),
    /** Begins what was previewed: writes, waits until a running node serves it, and puts it back where that fails. Returns at once; follow with `work.watch`. */
    renew: base.input(z.object({ planId: z.string() })).output(workState),
    /** A renewal of this node, or its undo, that this process is at: for `work.watch`. Null where there is none. */
    underWay: base.input(nodeTarget).output(z.object({ workId: z.string().nullable() })),
    previewUndo: base.input(nodeTarget).output(renewalUndo),
    /** Begins to put back the newest renewal. Returns at once; follow with `work.watch`. */
    undo: base.input(nodeTarget).output(workState),
  },
  transport: {
    /** How transport stands, and what it can be opened to; touches nothing. */
    look: base.input(nodeTarget).output(transportState),
    /** What opening it would change, and which bootstrap checks would fail; touches nothing. Refused where these hosts cannot be. */
    previewOpening: base.input(openingWish).output(openingPreview),
    /** Begins what was previewed: writes, starts a running node anew, proves it; puts all back where that fails. Returns at once; follow with `work.watch`. */
    open: base.input(z.object({ planId: z.string(), password: z.string().optional() })).output(workState),
    previewClosing: base.input(nodeTarget).output(closingPreview),
    /** Begins to put back what was opened. Returns at once; follow with `work.watch`. */
    close: base.input(z.object({ target: nodeTarget, password: z.string().optional(), keystorePassword: z.string().optional() })).output(workState),
  },
}
