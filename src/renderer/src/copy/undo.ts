/** How the undo window reads. */
import { formatCount } from './formats.ts';

/** What the review says of it: `seconds` is what is left for this submission, `wished` what Settings has, null while unknown. */
export function undoSentence(seconds: number, wished: number | null): string {
  const shortened = wished !== null && seconds < wished;
  if (seconds === 0) {
    return shortened
      ? 'A deadline is so near that there is no time to take it back: it leaves at once.'
      : 'It leaves at once, so it can’t be taken back after you submit.';
  }
  const why = shortened ? ', as a deadline is near' : '';
  return `You can take it back for ${formatCount(seconds, 'second')} after you submit${why}. Then it leaves for AWS.`;
}
