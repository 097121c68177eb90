"""How long a start takes, until the first authenticated 200, and what is resident then: the package, and as the image starts it."""
import time

from .servers import BUILD, PACKAGE, image, java_25, service


def first_answer(work, database, issuer, path, token, command, folder):
    """Starts a service, waits for its first 200, stops it."""
    began = time.monotonic()
    server = service(work, database, issuer, 'start', command=command, folder=folder).wait_until_it_serves(path, token)
    figures = {'first_answer_s': time.monotonic() - began, 'rss_mb': server.process.rss_megabytes()}
    server.process.stop()
    return figures


def measure(work, database, issuer, path, token, rounds, progress):
    """The rounds of each way to start, in turn."""
    ways = {'package': (PACKAGE, BUILD)}
    if newer := java_25():
        folder, command = image(newer)
        ways['image, without AOT cache'] = ([option for option in command if not option.startswith('-XX:AOTCache=')], folder)
        ways['image'] = (command, folder)
    measured = {f'start, {way}': [] for way in ways}
    for number in range(rounds):
        for way, (command, folder) in ways.items():
            progress(f'round {number + 1} of {rounds}: start, {way}')
            measured[f'start, {way}'].append(first_answer(work, database, issuer, path, token, command, folder))
    return measured
