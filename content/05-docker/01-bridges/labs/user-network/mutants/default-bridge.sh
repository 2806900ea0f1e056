# fails: by-name, by-alias, own-subnet, new-address, outsider-kept-out
docker run -d --name db web
docker run -d --name api net
