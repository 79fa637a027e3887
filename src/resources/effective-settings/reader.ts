import { defaultOf, type SettingValue, sections } from './defaults.ts';

/** What was set at one place (the company, a group or a user), by section. */
export type Layer = ReadonlyMap<string, LayerSection>;

export interface LayerSection {
  /** By key; null takes an earlier value of this place back. */
  readonly values: ReadonlyMap<string, SettingValue | null>;
  /** The newest of these settings, as PostgreSQL prints it. */
  readonly lastModified: string;
}

/** The settings that apply to one user. */
export interface SettingsReader {
  /** The raw JSON value of a setting. Throws for one that does not exist: a mistake in code. */
  get(section: string, key: string): SettingValue;
  /** How narrow the place is that says the value: 0 for the company, 1 a group, 2 a user; -1 for the default. */
  narrowness(section: string, key: string): number;
  /** Whether a switch is on. Throws for a setting that does not exist. */
  isOn(section: string, key: string): boolean;
  /** The settings of a section as the reference orders them, for an admin or for everyone else; undefined when hidden, or empty. */
  section(name: string, forAdmin: boolean): Record<string, SettingValue> | undefined;
  /** When one of the section's settings was changed last, as PostgreSQL prints it. */
  lastModified(section: string): string;
}

/** The reference's own moment of a section in which nothing was ever set. */
const neverModified = '2001-01-01 12:00:00+00';

/** Cascades layers: what a later one says wins over what an earlier one says. */
export function readerOf(layers: readonly Layer[]): SettingsReader {
  const strongestFirst = layers.toReversed();
  const stored = (section: string, key: string): SettingValue | undefined => {
    for (const layer of strongestFirst) {
      const value = layer.get(section)?.values.get(key);
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  };
  const get = (section: string, key: string): SettingValue => {
    const value = stored(section, key) ?? defaultOf(section, key);
    if (value === undefined) throw new Error(`There is no setting ${section}.${key}`);
    return value;
  };
  const says = (layer: Layer, section: string, key: string): boolean =>
    (layer.get(section)?.values.get(key) ?? null) !== null;
  return {
    get,
    narrowness: (section, key) => layers.findLastIndex((layer) => says(layer, section, key)),
    // Some switches are numbers, some are texts.
    isOn: (section, key) => Number(get(section, key)) === 1,
    section: (name, forAdmin) => {
      const { values = {}, untilSet = {}, adminsOnly = [] } = sections[name] ?? {};
      if (adminsOnly === true && !forAdmin) return undefined;
      const hidden = (key: string): boolean => adminsOnly !== true && adminsOnly.includes(key) && !forAdmin;
      const shown: Record<string, SettingValue> = {};
      for (const [key, byDefault] of Object.entries(values))
        if (!hidden(key)) shown[key] = stored(name, key) ?? byDefault;
      for (const key of Object.keys(untilSet)) {
        const value = stored(name, key);
        if (value !== undefined && !hidden(key)) shown[key] = value;
      }
      // A section that the reference does not know stays away until somebody uses it.
      return Object.keys(values).length === 0 && Object.keys(shown).length === 0 ? undefined : shown;
    },
    lastModified: (section) => {
      let newest = neverModified;
      for (const layer of layers) {
        const moment = layer.get(section)?.lastModified;
        // Texts of one form in one zone sort as the moments do; a fraction comes after none.
        if (moment !== undefined && moment > newest) newest = moment;
      }
      return newest;
    },
  };
}
