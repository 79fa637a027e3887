/** Does the work while holding the lock; see lock.js. */
export declare function withLock<T>(lock: string, work: (alsoWaitFor: (pid: number) => void) => Promise<T>): Promise<T>;
