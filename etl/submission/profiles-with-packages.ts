import type { Workspace } from '../workspace/workspace.ts';
import { profileNames, readProfile, type Profile } from './profile.ts';
import { readSubmissions, submissionFolder, type Submission } from './submission-ledger.ts';

/** A profile, and what was made of it. */
export interface ProfileWithPackages {
  readonly profile: string;
  readonly describes: string;
  readonly format: Profile['format'];
  /** Newest first. */
  readonly packages: readonly Submission[];
}

/** The profiles of a workspace, in order of their names, those that came with the program among them. */
export const profilesWithPackages = (
  workspace: Pick<Workspace, 'config' | 'dataFolder'>,
): readonly ProfileWithPackages[] => {
  const made = readSubmissions(submissionFolder(workspace)).toReversed();
  return profileNames(workspace).map((name) => {
    const { describes, format } = readProfile(workspace, name);
    return { profile: name, describes, format, packages: made.filter(({ profile }) => profile === name) };
  });
};
