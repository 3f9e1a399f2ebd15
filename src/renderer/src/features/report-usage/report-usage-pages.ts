/** Both screens of the main task, as one file to fetch: who opens the form goes on to the review. */
export { AddUsagePage } from './add-usage-page.tsx';
export { ReviewPage } from './review-page.tsx';
