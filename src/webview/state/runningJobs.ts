/** Work that was asked of the extension host. */
export interface Job {
  readonly name: string;
  /** Gives it up: nobody wants the answer any more. */
  stop(): void;
  /** It has ended by itself. */
  end(): void;
}

/** The jobs of a page, each with who follows it. */
export class RunningJobs {
  readonly #followers = new Map<string, (fraction: number) => void>();
  readonly #stop: (name: string) => void;
  #last = 0;

  /** `stop` tells the extension host. */
  constructor(stop: (name: string) => void) {
    this.#stop = stop;
  }

  /** A new name for a job, and whom to tell how far it is: 0…1. */
  start(onProgress: (fraction: number) => void): Job {
    const name = String(++this.#last);
    this.#followers.set(name, onProgress);
    const end = () => void this.#followers.delete(name);
    return {
      name,
      end,
      stop: () => {
        end();
        this.#stop(name);
      },
    };
  }

  /** What the extension host says of a job. */
  reportProgress(job: string, fraction: number): void {
    this.#followers.get(job)?.(fraction);
  }
}
