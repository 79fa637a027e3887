import { isClockedWork } from './breaks.ts';
import { isExempt } from './exemption.ts';
import type { Piece } from './placing.ts';
import { better, planOf, stepAt, untilNext } from './plan.ts';
import { type RuleSet, ruleSetOf } from './rule-set.ts';
import type { Pay, PayPerson, PaySegment, Why } from './time.ts';
import { weekStartOf } from './workdays.ts';

/** A stretch of work goes on through gaps of up to an hour. */
const LONGEST_GAP = 3600;

const REGULAR: Pay = { kind: 'regular' };
const PTO: Pay = { kind: 'pto' };
const UNPAID: Pay = { kind: 'unpaid' };
const DEDUCTED: Pay = { kind: 'deducted' };

const NO_RULES = ruleSetOf({});
const ALL_WEEK = 0b111_1111;

/** Counts the time of one person in order, and says how each part of it is paid. */
export class DayBook {
  readonly #person: PayPerson;
  readonly #emit: (segment: PaySegment) => void;

  #day = Number.NaN;
  #reported = false;
  #rules = NO_RULES;
  #plan = planOf(NO_RULES);
  #exempt = false;
  #daySeconds = 0;

  #weekStart = Number.NaN;
  /** Seconds of the week that are not paid at a premium of the day. */
  #weekSeconds = 0;
  /** One bit for each workday of the week that had work. */
  #daysWorked = 0;

  #stretchEnd = -Infinity;
  #stretchSeconds = 0;

  /** Work by the clock in this workday, and what the automatic break still takes off once it is past the threshold. */
  #clocked = 0;
  #toDeduct = 0;

  constructor(person: PayPerson, emit: (segment: PaySegment) => void) {
    this.#person = person;
    this.#emit = emit;
  }

  /**
   * Opens a workday, later than those before, and tells of its time when it is `reported`. `unpaid` is how many seconds of
   * unpaid breaks and deductions it has.
   */
  startDay(day: number, rules: RuleSet, unpaid: number, reported: boolean): void {
    const weekStart = weekStartOf(day, rules.week_start);
    if (weekStart !== this.#weekStart) {
      this.#weekStart = weekStart;
      this.#weekSeconds = 0;
      this.#daysWorked = 0;
    }
    this.#day = day;
    this.#reported = reported;
    this.#rules = rules;
    this.#plan = planOf(rules);
    this.#exempt = isExempt(this.#person, rules);
    this.#daySeconds = 0;
    this.#clocked = 0;
    this.#toDeduct = Math.max(0, (rules.automatic_break?.deduct ?? 0) - unpaid);
  }

  /** Adds the next piece of the workday. */
  add(piece: Piece): void {
    const { sheet, seconds } = piece;
    if (seconds <= 0) return;
    switch (sheet.kind) {
      case 'unpaid':
      case 'unpaid_time_off':
        this.#say(piece, 0, seconds, UNPAID, 'unpaid', 0);
        return;
      case 'pto':
        this.#addTimeOff(piece);
        return;
      case 'paid_break':
        this.#reachFrom(piece.start);
        this.#addPaid(piece, 0, seconds);
        this.#reachTo(piece);
        return;
      case 'work':
        this.#reachFrom(piece.start);
        this.#addWork(piece);
        this.#reachTo(piece);
    }
  }

  /** Begins a new stretch of work where the gap since the last one is too long. */
  #reachFrom(start: number | null): void {
    if (start !== null && start - this.#stretchEnd > LONGEST_GAP) this.#stretchSeconds = 0;
  }

  #reachTo({ start, seconds }: Piece): void {
    if (start !== null) this.#stretchEnd = Math.max(this.#stretchEnd, start + seconds);
  }

  #addTimeOff(piece: Piece): void {
    this.#say(piece, 0, piece.seconds, PTO, 'pto', 0);
    if (this.#exempt || !this.#rules.pto_counts) return;
    this.#daySeconds += piece.seconds;
    this.#weekSeconds += piece.seconds;
  }

  /**
   * Work with a deduction of its own: up to that, then the deduction. Other work: up to the threshold of the automatic break,
   * then the break that is taken off, then the rest.
   */
  #addWork(piece: Piece): void {
    const { sheet, seconds, deducted: own } = piece;
    if (sheet.deduction !== null) {
      this.#addPaid(piece, 0, seconds - own);
      if (own > 0) this.#say(piece, seconds - own, own, DEDUCTED, 'deduction', 0);
      return;
    }
    const after = this.#rules.automatic_break?.after ?? Infinity;
    if (!isClockedWork(sheet) || this.#clocked + seconds <= after) {
      this.#addPaid(piece, 0, seconds);
    } else {
      const before = Math.max(0, after - this.#clocked);
      const deducted = Math.min(seconds - before, this.#toDeduct);
      this.#addPaid(piece, 0, before);
      if (deducted > 0) this.#say(piece, before, deducted, DEDUCTED, 'automatic_break', after);
      this.#addPaid(piece, before + deducted, seconds - before - deducted);
      this.#toDeduct -= deducted;
    }
    if (isClockedWork(sheet)) this.#clocked += seconds;
  }

  /** Time that is paid and counts: `seconds` of the piece from `offset` on. */
  #addPaid(piece: Piece, offset: number, seconds: number): void {
    if (seconds === 0) return;
    if (this.#exempt) {
      this.#say(piece, offset, seconds, REGULAR, 'exempt', 0);
      return;
    }
    this.#daysWorked |= 1 << (this.#day - this.#weekStart);
    const { weekly, daily, consecutive } = this.#plan;
    // Only the last workday of the week can complete it.
    const seventhDay = this.#daysWorked === ALL_WEEK ? this.#plan.seventhDay : [];
    const inStretch = piece.start === null ? [] : consecutive;
    for (let done = 0; done < seconds; ) {
      const weeklyStep = stepAt(weekly, this.#weekSeconds);
      const ofTheDay = better(stepAt(daily, this.#daySeconds), stepAt(seventhDay, this.#daySeconds));
      const step = better(better(ofTheDay, stepAt(inStretch, this.#stretchSeconds)), weeklyStep);
      const counts = step === weeklyStep;
      const length = Math.min(
        seconds - done,
        untilNext(daily, this.#daySeconds),
        untilNext(seventhDay, this.#daySeconds),
        untilNext(inStretch, this.#stretchSeconds),
        counts ? untilNext(weekly, this.#weekSeconds) : Infinity,
      );
      this.#say(piece, offset + done, length, step?.pay ?? REGULAR, step?.rule ?? 'straight', step?.after ?? 0);
      this.#daySeconds += length;
      if (counts) this.#weekSeconds += length;
      if (piece.start !== null) this.#stretchSeconds += length;
      done += length;
    }
  }

  #say(piece: Piece, offset: number, seconds: number, pay: Pay, rule: Why['rule'], threshold: number): void {
    if (!this.#reported) return;
    this.#emit({
      sheet: piece.sheet,
      day: piece.day,
      start: piece.start === null ? null : piece.start + offset,
      seconds,
      pay,
      why: { rule, threshold, daySeconds: this.#daySeconds, weekSeconds: this.#weekSeconds },
    });
  }
}
