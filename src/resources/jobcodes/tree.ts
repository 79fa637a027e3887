/** A jobcode as far as its place in the tree goes; parentId 0 is the top. */
export interface Node {
  readonly id: number;
  readonly parentId: number;
  readonly active: boolean;
  readonly assignedToAll: boolean;
  readonly type: string;
  /** Whether it stands for a project, so that nothing may stand below it. */
  readonly isProject: boolean;
}

/**
 * The part of a company's jobcodes that a batch concerns, and what the batch makes of it, item after item. It holds those
 * above every jobcode of the batch, and those below where that matters.
 */
export class Tree {
  readonly #stored: ReadonlyMap<number, Node>;
  readonly #nodes: Map<number, Node>;

  constructor(nodes: readonly Node[]) {
    this.#stored = new Map(nodes.map((node) => [node.id, node]));
    this.#nodes = new Map(this.#stored);
  }

  /** A jobcode as the batch has made it so far. */
  node(id: number): Node | undefined {
    return this.#nodes.get(id);
  }

  /** Whether a jobcode is another one or lies below it. */
  isWithin(id: number, other: number): boolean {
    for (let at = this.node(id); at !== undefined; at = this.node(at.parentId)) if (at.id === other) return true;
    return false;
  }

  /** How many jobcodes are active among those known. */
  countActive(): number {
    return [...this.#nodes.values()].filter(({ active }) => active).length;
  }

  /** How many are archived among a jobcode and those above it. */
  archivedUpFrom(id: number): number {
    let count = 0;
    for (let at = this.node(id); at !== undefined; at = this.node(at.parentId)) count += Number(!at.active);
    return count;
  }

  move(id: number, parentId: number): void {
    this.#set(id, { parentId });
  }

  /** Archives a jobcode and all below it. */
  archive(id: number): void {
    for (const within of this.#within(id)) this.#set(within, { active: false });
  }

  /** Makes a jobcode active, and all above it. */
  restore(id: number): void {
    for (let at = this.node(id); at !== undefined; at = this.node(at.parentId)) this.#set(at.id, { active: true });
  }

  /** Assigns a jobcode to everyone with the active ones below it, or ends that for all below. */
  assignToAll(id: number, assignedToAll: boolean): void {
    for (const within of this.#within(id)) {
      if (within === id || !assignedToAll || this.node(within)?.active) this.#set(within, { assignedToAll });
    }
  }

  /** What differs from the database: each jobcode as it was and as it becomes. */
  changes(): { was: Node; is: Node }[] {
    return [...this.#nodes.values()].flatMap((is) => {
      const was = this.#stored.get(is.id);
      return was === undefined || was === is ? [] : [{ was, is }];
    });
  }

  #set(id: number, change: Partial<Node>): void {
    const node = this.#nodes.get(id);
    if (node === undefined) return;
    const before = this.#stored.get(id);
    const is = { ...node, ...change };
    const same =
      before !== undefined &&
      before.parentId === is.parentId &&
      before.active === is.active &&
      before.assignedToAll === is.assignedToAll;
    this.#nodes.set(id, same ? before : is);
  }

  #within(id: number): number[] {
    const children = Map.groupBy(this.#nodes.values(), ({ parentId }) => parentId);
    const found = [id];
    for (const at of found) for (const child of children.get(at) ?? []) found.push(child.id);
    return found;
  }
}
