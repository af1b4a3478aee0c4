import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';

const POSIX = process.platform !== 'win32';
const running = new Set<ChildProcess>();
const temporary = new Set<string>();

/** A program and everything it starts. It ends with this process at the latest, however this process ends (but for SIGKILL). */
export interface ProcessTree {
  readonly process: ChildProcess;
  /** Resolves when the program is gone. */
  readonly ended: Promise<void>;
  /** Ends all of it. Resolves when the program is gone. */
  stop(): Promise<void>;
}

export function startTree(command: string, args: readonly string[], options: SpawnOptions): ProcessTree {
  endWithThisProcess();
  // A group of its own, so that one signal reaches all of it, and Ctrl+C reaches only us, who then end things in order.
  const child = spawn(command, args, { ...options, detached: POSIX, windowsHide: true });
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  void ended.then(() => {
    // What the program started may outlive it in its group.
    kill(child);
    running.delete(child);
  });
  return {
    process: child,
    ended,
    stop: () => {
      kill(child);
      return ended;
    },
  };
}

/** Removes a folder when this process ends. */
export function removeAtExit(folder: string): void {
  endWithThisProcess();
  temporary.add(folder);
}

let watching = false;

function endWithThisProcess(): void {
  if (watching) return;
  watching = true;
  process.once('exit', () => {
    for (const child of running) kill(child);
    for (const folder of temporary) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
  for (const [signal, code] of Object.entries(signals)) process.once(signal, () => process.exit(code));
  // A shell between npm and us doesn't pass a signal on: it ends, and we have another parent.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.exit(signals.SIGHUP), 500).unref();
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (!POSIX) {
    attempt(() => execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' }));
    return;
  }
  // Some programs give what they start a group of its own (desktop VS Code does), so the group is not enough.
  for (const pid of [...descendants(child.pid), -child.pid]) attempt(() => process.kill(pid, 'SIGKILL'));
}

function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const [pid, parent] of parents()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found.slice(1);
}

/** Each process of the machine with its parent. Linux need not have `ps`. */
function parents(): [pid: number, parent: number][] {
  const found: [number, number][] = [];
  if (process.platform !== 'linux') {
    const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    for (const [, pid, parent] of list.matchAll(/(\d+) +(\d+)/g)) found.push([Number(pid), Number(parent)]);
    return found;
  }
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    // `pid (name) state parent …`, and the name may have anything in it.
    attempt(() => {
      const [parent] = /(?<=.*\) . )\d+/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      if (parent !== undefined) found.push([Number(pid), Number(parent)]);
    });
  }
  return found;
}

/** What is gone already, or was never there, needs no killing. */
function attempt(action: () => void): void {
  try {
    action();
  } catch {}
}
