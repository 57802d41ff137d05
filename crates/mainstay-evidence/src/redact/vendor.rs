//! Names of services on the Internet whose keys people write beside the bare name:
//! `mailgun=…`, `"deepgram": "…"`. Such a name is a weak sign: the value must look drawn at random.
//! What is *not* here: services whose name stands beside commits and images in every log.

use std::collections::HashSet;
use std::sync::OnceLock;

const NAMES: &str = "
    adafruit airbrake airtable aiven algolia amplitude apify appcues appointedd appsflyer asana
    assemblyai auth0 autodesk axiom bamboohr beamer billomat bitly blazemeter blynk braintree
    browserstack bugsnag calendly cannyio chargebee circleci clearbit clickhouse clicksend clickup
    clockify cloudant cloudflare cloudinary cloudmersive cloudsmith cloverly codacy codeclimate codecov
    coinbase confluent contentful convertkit coveralls crowdin customerio cohere databox databricks
    dareboost datadog deepgram deepseek delighted deputy dfuse digitalocean disqus dockerhub doppler
    dropbox duffel dynatrace dandelion easypost edamam elevenlabs enigma etherscan eventbrite everhour
    exchangerate facepp fastforex fastly figma filestack finage findl finnhub firebase flickr
    flutterwave foursquare freshbooks freshdesk fullstory geoapify geocodio getgist getresponse giphy
    gocardless groq gumroad helpscout hereapi heroku hiveage honeybadger honeycomb hotjar hubspot
    huggingface hunterio imgur infobip infracost infura insightly instatus intercom ipinfo ipstack
    ipgeolocation iterable jotform jumpcloud kickbox klaviyo kucoin launchdarkly lemlist lexigram
    linkedin linode logdna loggly lokalise mailboxlayer mailchimp mailerlite mailgun mailjet mailmodo
    mailsac mandrill mapbox mapquest mattermost maxmind messagebird mindee mixpanel moosend nethunt
    netlify newrelic nexmo ngrok nicereply nightfall noticeable nylas nytimes okta omnisend onelogin
    onesignal openai opencage openweather openweathermap opsgenie optimizely pagerduty pandadoc
    paperform pastebin paypal paystack pepipost pinecone pipedrive pivotaltracker plaid planetscale
    plivo postageapp postmark posthog prismic proxycrawl pubnub pusher quickbooks rapidapi raygun
    razorpay rebrandly recaptcha refiner replicate restpack rollbar ringcentral rocketreach runscope
    saucelabs scraperapi scrapingbee selectpdf sendbird sendgrid sendinblue serpapi shippo shodan
    shutterstock simplynoted simplesat skrapp smartsheet smartsheets smartystreets snipcart snyk
    sonarcloud sparkpost speechtextai spotify squarespace stackhawk statuspage storyblok stormglass
    strava stytch sumologic supabase supernotes surveymonkey survicate swiftype taxjar telnyx tiingo
    todoist tomtom travisci trello tumblr twilio typeform uberduck unsplash uploadcare uptimerobot
    urlscan userstack vercel versioneye viewneo vimeo virustotal visualcrossing voximplant vultr
    wakatime walkscore weatherapi weatherbit weatherstack webflow wrike yousign zapier zendesk
    zenscrape zerobounce zerotier zipcodeapi zonka
";

/// All names.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    NAMES.split_ascii_whitespace()
}

/// Is it one of them, in lower case?
pub(super) fn is_vendor(word: &str) -> bool {
    static KNOWN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    KNOWN.get_or_init(|| names().collect()).contains(word)
}
