/**
 * Has to be imported before any schema is: zod would otherwise try whether it may compile code, which the page's policy
 * (`script-src 'self'`, no trusted types) rightly refuses and reports. See https://zod.dev/api#jitless
 */
import { config } from 'zod';

config({ jitless: true });
