### Signing in, one's own sign-in, and who comes to the team and leaves it. Read by trained people at work, often tired.
### Voice: short, present tense, plain, warm; the person who asks for company is "they" or "them".

## The coordinators' page, as every staff page

# Sign-in page, main heading of the coordinators' page.
staff-title-coordinator = The coordinators' desk
# Coordinators' page, heading for someone who signed in and is no coordinator. Tone: friendly, nothing went wrong.
staff-not-coordinator = This page is for coordinators.
# Every staff page, link to the coordinators' page for a coordinator who signed in elsewhere. Tone: matter of fact.
staff-coordinator-page = Go to the coordinators' page

## Signing in with a code

# Sign-in form and the parts of "Your sign-in", label of a field for six digits from an app on the person's phone.
signin-code = Code from your app
# Sign-in form: name, password and key fit, and this person uses codes. Tone: one more step, nothing went wrong.
signin-code-asked = One more step: open your app and type the six digits it shows for Beside.
# Sign-in form and "Your sign-in": the six digits do not fit, were used before, or are too old. Blames nobody.
signin-code-wrong = That code does not fit. Each code works once and lasts half a minute. Type the next one.
# Sign-in form and "Your sign-in": several codes in a row did not fit. RISK: someone else may know the password and hold the key.
signin-code-slow = Several codes did not fit. Wait a quarter of an hour and try again. If they were not yours, tell a coordinator.
# Your sign-in, said when a password or codes were tried often. Tone: calm.
own-slow = That was tried many times. Wait a quarter of an hour and try again.

## Your sign-in, folded at the end of every staff page

# At the end of every staff page, folded: sessions, password, codes, key.
own-title = Your sign-in
# "Your sign-in", a part: the browsers where this person is signed in.
own-sessions = Where you are signed in
# Where you are signed in: the browser that shows this. $begun is a moment.
own-session-here = This browser, since { DATETIME($begun, weekday: "long", hour: "numeric", minute: "2-digit") }
# Where you are signed in: any other browser. $begun and $used are moments, $used is to the minute.
own-session = Another browser, since { DATETIME($begun, weekday: "long", hour: "numeric", minute: "2-digit") }, last used at { DATETIME($used, hour: "numeric", minute: "2-digit") }
# Where you are signed in, above the button. RISK: a device may be in other hands; talks are not lost.
own-everywhere-why = If one of these is not you, sign out everywhere and change your password. Your talks are kept.
# Where you are signed in, button: ends all sessions, this one too.
own-everywhere = Sign out everywhere
# "Your sign-in", a part: another password.
own-password = Change your password
# "Your sign-in", label of a password field: the one in use.
own-password-old = Your password now
# Change your password, label.
own-password-next = Your new password
# Change your password, label: the same again.
own-password-again = Your new password again
# Change your password, next to the second field: the two are not the same.
own-password-differ = The two are not the same yet.
# Change your password, button.
own-password-go = Change it
# Change your password: done. Other browsers of this person were signed out.
own-password-done = Done. All other browsers were signed out.
# "Your sign-in": the password in use was typed wrong, or this browser's key is not the right one.
own-password-wrong = That is not the password you have now.
# "Your sign-in", a part: a second step at sign-in, by an app on a phone.
own-codes = Codes from your phone
# Codes from your phone, what they are for.
own-codes-why = An app on your phone can show six digits that change every half minute. With codes on, signing in asks for them. Then nobody gets in with your password and key alone.
# Codes from your phone, button: begins to set them up.
own-codes-begin = Set up codes
# Setting up codes, above a picture for the phone's camera.
own-codes-scan = Open an authenticator app on your phone and point it at this picture.
# Setting up codes, what the picture is, for who does not see it.
own-codes-picture = A picture for your app. The letters below say the same.
# Setting up codes, above the letters that say the same as the picture.
own-codes-letters = Or type these letters into the app:
# Setting up codes, above the field for the first code.
own-codes-first = Then type the six digits it shows.
# Setting up codes, button: from now on signing in asks for a code.
own-codes-confirm = Turn codes on
# Setting up codes, button: leaves it, nothing changes.
own-codes-leave = Not now
# Codes from your phone: they are on now.
own-codes-confirmed = Done. From now on, signing in asks for a code.
# Codes from your phone: they are on.
own-codes-on = Codes are on.
# Codes from your phone, for a phone that is gone. RISK: the only way back in without it.
own-codes-lost = If you lose your phone, a coordinator can turn codes off for you.
# Codes from your phone, button: signing in asks for none any more.
own-codes-remove = Turn codes off
# Codes from your phone: they are off now.
own-codes-removed = Done. Signing in asks for no code now.
# "Your sign-in", a part: the key that a new browser needs once.
own-key = Your key for another browser
# Your key, what it is for.
own-key-why = A new browser needs your key once. Take the twelve words or the key file with you, and sign in there with your name and password.
# Your key, before it is shown. RISK: who reads the words and knows the password can sign in as this person.
own-key-risk = Look around first. Someone with these words and your password can sign in as you.
# Your key, button.
own-key-show = Show my twelve words
# Your key, button: the words leave the screen.
own-key-hide = Hide them

## Changes to the team. $by did it, $name is whom it is about: public names, never inflected

# At the end of every staff page, folded: the list of who came and who left.
trail-title = Changes to the team
# Changes to the team, who can read the list. RISK: staff privacy.
trail-who = Everyone on the team can read who came and who left. Only you and coordinators can read when you signed in.
# Every staff page, top, once: who came and who left since this person's last visit. A list follows.
trail-news = Since you were last here:
# Changes to the team, button.
trail-older = Show older ones
# Changes to the team, before an entry. $day is a day.
trail-day = { DATETIME($day, day: "numeric", month: "long", year: "numeric") }
# In place of a name that nobody on the team has any more; also begins a sentence.
trail-someone = Someone no longer here
# Changes to the team, an entry of a newer version. $act is a short technical word.
trail-else = { $by }: { $act }
# Changes to the team, an entry.
trail-founded = { $by } began this service.
# Changes to the team, an entry: an invitation was made. The newcomer has no name yet.
trail-invited = { $by } invited someone.
# Changes to the team, an entry.
trail-admitted = { $name } is on the team now. { $by } admitted them.
# Changes to the team, an entry: someone lost their key and joined again under the same name.
trail-new-key = { $name } has a new key. { $by } says it is the same person.
# Changes to the team, an entry: the first of two who have to agree.
trail-suspend-asked = { $by } asked to suspend { $name }.
# Changes to the team, an entry: the second of two.
trail-suspend-agreed = { $by } agreed to suspend { $name }.
# Changes to the team, an entry: the second of two said no.
trail-suspend-refused = { $by } did not agree to suspend { $name }.
# Changes to the team, an entry: two agreed, and the person is off the team for now. Tone: matter of fact.
trail-suspended = { $name } is suspended.
# Changes to the team, an entry: a suspended person is back.
trail-restored = { $name } is back on the team.
# Changes to the team, an entry: someone was let go. Tone: no judgement.
trail-left = { $name } left the team.
# Changes to the team, told once, from the signed list itself: somebody is on it who was not before.
trail-listed = { $name } is on the team's list now.
# Changes to the team, told once, from the signed list itself: somebody is not on it any more.
trail-unlisted = { $name } is not on the team's list any more.
# Changes to the team, an entry: the signed list of the team was made new.
trail-renewed = { $by } renewed the team's list.
# Changes to the team, an entry. $limit is 1, 2 or 3.
trail-limit = { $by } set how many talks at once { $name } can have: { $limit }.
# Changes to the team, an entry: an invitation was taken back before anybody came of it.
trail-withdrawn = { $by } took an invitation back.
# Changes to the team, an entry: the public name, line, languages or topics of somebody changed.
trail-profile = { $by } changed what clients see of { $name }.
# Changes to the team, an entry for the person and coordinators.
trail-sign-in = { $by } signed in.
# Changes to the team, an entry for the person and coordinators. RISK: someone may have the password and the key.
trail-code-refused = A code for { $by } did not fit.
# Changes to the team, an entry for the person and coordinators.
trail-signed-out-everywhere = { $by } signed out everywhere.
# Changes to the team, an entry for the person and coordinators.
trail-password = { $by } changed their password.
# Changes to the team, an entry for the person and coordinators: a phone's codes are on.
trail-second-on = { $by } turned codes on.
# Changes to the team, an entry for the person and coordinators: a phone's codes are off.
trail-second-off = { $by } turned codes off.
# Changes to the team, an entry for the person and coordinators: a coordinator did it, as for a lost phone.
trail-second-reset = { $by } turned codes off for { $name }.
# Changes to the team, after an entry about a suspension: why. Tone: matter of fact, no judgement.
trail-why-safety = Reason: safety.
# Changes to the team, after an entry about a suspension: why. Tone: matter of fact, no judgement.
trail-why-conduct = Reason: how they work here.
# Changes to the team, after an entry about a suspension: why, a key or a device is gone.
trail-why-key-lost = Reason: a key or a device is lost.
# Changes to the team, after an entry about a suspension: why, the person asked for it.
trail-why-asked = Reason: they asked for it.
# Changes to the team, after an entry about a suspension: no named reason.
trail-why-other = Reason: another one.
