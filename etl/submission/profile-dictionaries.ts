import { UserError } from '../../warehouse/error.ts';
import { baseUriOf, type NaaccrDictionary } from '../naaccr/dictionary/dictionary.ts';
import { itemsOf, type NaaccrItems } from '../naaccr/dictionary/items-of.ts';
import { configuredDictionaries } from '../registry/configured.ts';
import { givenDictionaries } from '../registry/given-dictionaries.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { idIn } from './case-items.ts';
import type { NaaccrProfile } from './profile.ts';

/** What a profile's file is written by. */
export interface ProfileDictionaries {
  readonly base: NaaccrDictionary;
  readonly users: readonly NaaccrDictionary[];
  /** Of these. */
  readonly items: NaaccrItems;
  /** All that himsight.yaml names. */
  readonly known: readonly NaaccrDictionary[];
}

/** Whether a profile sends names and texts, which no release holds. */
export const needsKeptApart = ({ recordType }: Pick<NaaccrProfile, 'recordType'>): boolean => recordType !== 'I';

/**
 * The dictionaries of a profile, and the items it can send.
 *
 * @throws UserError where the profile asks for what its dictionary or record type does not have, or for names and texts where
 *   no registry database is named
 */
export const profileDictionaries = (
  workspace: Pick<Workspace, 'config' | 'folder'>,
  profile: NaaccrProfile,
): ProfileDictionaries => {
  if (needsKeptApart(profile) && workspace.config.registry?.full_abstracts === undefined)
    throw new UserError(
      `Profile ${profile.id}: record type ${profile.recordType} carries names and texts, which never enter this warehouse; it can only be made with a registry database kept apart.`,
      { mend: 'Name one under `registry.full_abstracts` of himsight.yaml, or write record type I from here.' },
    );
  if (profile.items !== null && profile.items.length === 0)
    throw new UserError(`Profile ${profile.id}: \`items\` names none.`);
  const known = givenDictionaries(configuredDictionaries(workspace)).map(({ dictionary }) => dictionary);
  return { ...dictionariesOf(profile, known), known };
};

const dictionariesOf = (
  profile: NaaccrProfile,
  given: readonly NaaccrDictionary[],
): Omit<ProfileDictionaries, 'known'> => {
  const mend = 'Add the path of its dictionary to `registry.dictionaries` of himsight.yaml.';
  const found = itemsOf({ base: baseUriOf(profile.dictionary), user: profile.userDictionaries }, given);
  if (found.base === null)
    throw new UserError(`Profile ${profile.id}: dictionary ${profile.dictionary} is not at hand.`, { mend });
  if (found.missing.length > 0)
    throw new UserError(`Profile ${profile.id}: the user dictionary ${found.missing[0]} is not at hand.`, { mend });
  for (const id of [...(profile.items ?? []), ...profile.required].map((each) => idIn(found.items, each))) {
    const item = found.items.get(id);
    if (item === undefined)
      throw new UserError(`Profile ${profile.id}: \`${id}\` is in no dictionary of it (${profile.dictionary}).`);
    if (!item.recordTypes.includes(profile.recordType))
      throw new UserError(
        `Profile ${profile.id}: \`${id}\` is not of record type ${profile.recordType}; it is of ${item.recordTypes.join(', ')}.`,
        { mend: 'Leave it out of `items`.' },
      );
  }
  return { base: found.base, users: found.users, items: found.items };
};
