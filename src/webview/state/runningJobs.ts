import { host } from './hostConnection.ts';

/** Who follows a job, by its name. */
const followers = new Map<string, (fraction: number) => void>();
let last = 0;

/** Work that was asked of the extension host. */
export interface Job {
  readonly name: string;
  /** Gives it up: nobody wants the answer any more. */
  stop(): void;
  /** It has ended by itself. */
  end(): void;
}

/** A new name for a job, and whom to tell how far it is: 0…1. */
export function startJob(onProgress: (fraction: number) => void): Job {
  const name = String(++last);
  followers.set(name, onProgress);
  const end = () => void followers.delete(name);
  return {
    name,
    end,
    stop: () => {
      end();
      host.stop(name);
    },
  };
}

/** What the extension host says of a job. */
export function reportProgress(job: string, fraction: number): void {
  followers.get(job)?.(fraction);
}
