-- Sends the requests of the file REQUESTS in turn: a line for each, with its path, its token and its entity tag (or nothing) between tabs.
-- EXPECT is the one status that counts as an answer. Each connection waits 0 to 2 x PAUSE milliseconds before a request. After LIMIT
-- requests wrk exits, without a result; 0 is no limit.

local expected = tonumber(os.getenv("EXPECT"))
local pause = tonumber(os.getenv("PAUSE"))
local limit = tonumber(os.getenv("LIMIT"))

local threads = {}
function setup(thread) threads[#threads + 1] = thread end

local requests, sent = {}, 0

function init()
  for line in io.lines(os.getenv("REQUESTS")) do
    local path, token, tag = line:match("^(.-)\t(.-)\t(.*)$")
    requests[#requests + 1] = wrk.format("GET", path, {
      ["Authorization"] = "Bearer " .. token,
      ["If-None-Match"] = tag ~= "" and tag or nil,
    })
  end
end

function request()
  sent = sent + 1
  if sent == limit then os.exit(0) end
  return requests[sent % #requests + 1]
end

if pause > 0 then
  -- wrk cuts the fraction off.
  function delay() return math.random() * 2 * pause + 0.5 end
end

-- Looking at each answer costs the client time: only where wrk's own count of errors (above 399) does not say enough.
if expected ~= 200 then
  wrong = 0
  function response(status) if status ~= expected then wrong = wrong + 1 end end
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  if expected == 200 then
    failed = failed + errors.status
  else
    for _, thread in ipairs(threads) do failed = failed + thread:get("wrong") end
  end
  io.write(string.format('\nRESULT {"requests": %d, "micros": %d, "failed": %d, "p50": %d, "p99": %d}\n',
    summary.requests, summary.duration, failed, latency:percentile(50), latency:percentile(99)))
end
